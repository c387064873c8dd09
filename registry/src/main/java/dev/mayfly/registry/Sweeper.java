package dev.mayfly.registry;

import jakarta.inject.Singleton;

/**
 * Sweeps. It takes the head, as a change does: no revision is committed meanwhile that could begin
 * to use what is taken away.
 */
@Singleton
final class Sweeper {
    private final Database database;
    private final HeadRows head;
    private final SweepRows rows;
    private final Retention retention;

    Sweeper(Database database, HeadRows head, SweepRows rows, Retention retention) {
        this.database = database;
        this.head = head;
        this.rows = rows;
        this.retention = retention;
    }

    Swept sweep() {
        return database.write(() -> {
            head.lock();
            int revisions = rows.revisions(retention.revisions());
            int artifacts = rows.artifacts();
            int answers = rows.answers(retention.answers().toSeconds());
            int changes = rows.changes(retention.changes().toSeconds());
            rows.gateways();
            return new Swept(revisions, artifacts, answers, changes);
        });
    }
}
