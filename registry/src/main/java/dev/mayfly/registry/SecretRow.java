package dev.mayfly.registry;

import io.micronaut.data.annotation.MappedEntity;

/** A sealed value. Its bytes belong to whoever read the row. */
@MappedEntity("secrets")
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record SecretRow(String app, String name, String keyId, byte[] sealed) {}
