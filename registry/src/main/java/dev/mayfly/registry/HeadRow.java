package dev.mayfly.registry;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** The number of the last change. */
@MappedEntity("head")
record HeadRow(@Id boolean single, long number) {}
