package dev.mayfly.registry;

import io.micronaut.data.annotation.MappedEntity;

/** A variable that may be shown. */
@MappedEntity("variables")
record VariableRow(String app, String name, String value) {}
