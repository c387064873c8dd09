package dev.mayfly.registry;

import io.micronaut.data.annotation.MappedEntity;

/** A revision's share of its app's traffic. */
@MappedEntity("weights")
record WeightRow(String app, int revision, int percent) {}
