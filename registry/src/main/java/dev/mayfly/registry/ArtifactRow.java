package dev.mayfly.registry;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** How far an artifact is stored. */
@MappedEntity("artifacts")
record ArtifactRow(@Id String digest, long size, long stored, boolean complete) {
    Digest name() {
        return new Digest(digest);
    }

    Artifacts.Stored progress() {
        return new Artifacts.Stored(size, stored, complete);
    }
}
