package dev.mayfly.registry;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** An app; live is 0 for none. */
@MappedEntity("apps")
record AppRow(@Id String name, long version, int live) {}
