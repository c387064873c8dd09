package dev.mayfly.registry;

import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A revision; its manifest is empty where only the summary was asked for. */
@MappedEntity("revisions")
record RevisionRow(
        String app, int number, String manifest, Instant at, String who, String message) {
    Revision.Summary summary() {
        return new Revision.Summary(app, number, at, who, message);
    }
}
