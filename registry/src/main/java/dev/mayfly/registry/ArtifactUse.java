package dev.mayfly.registry;

import io.micronaut.data.annotation.MappedEntity;

/** What a revision's manifest means by a path. */
@MappedEntity("revision_artifacts")
record ArtifactUse(String app, int revision, String path, String digest) {}
