package dev.mayfly.registry;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A line of the audit log. */
@MappedEntity("changes")
record ChangeRow(
        @Id long number,
        Instant at,
        String who,
        String action,
        String app,
        int revision,
        String detail) {
    Change change() {
        return new Change(number, at, who, action, new Change.Subject(app, revision, detail));
    }
}
