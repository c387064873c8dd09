package dev.mayfly.registry;

import io.micronaut.data.annotation.MappedEntity;

/** Some of an artifact's bytes, from a position on. */
@MappedEntity("chunks")
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record ChunkRow(String digest, long position, byte[] bytes) {}
