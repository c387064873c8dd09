package dev.mayfly.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** The steps of a deploy, and how each is seen from outside while it happens. */
enum Moment {
    /** The manifest is on its way. */
    READ {
        @Override
        void await(Seen seen) {}
    },
    /** Some artifacts are there, others not. */
    STAGE {
        @Override
        void await(Seen seen) {}
    },
    /** The compiled module is being kept. */
    COMPILE {
        @Override
        void await(Seen seen) {
            Awaitility.await().pollInterval(MILLISECOND).until(() -> seen.modules() > seen.before);
        }
    },
    /** The frozen image is kept. */
    SNAPSHOT {
        @Override
        void await(Seen seen) {
            Awaitility.await().pollInterval(MILLISECOND).until(() -> seen.images() > seen.images);
        }
    },
    /** The manifest's sample request is running. */
    CHECK {
        @Override
        void await(Seen seen) {
            Awaitility.await()
                    .pollInterval(MILLISECOND)
                    .until(() -> seen.server.hasSaid("checking-" + seen.next.label()));
        }
    },
    /** The database has told that it is committed. */
    COMMIT {
        @Override
        void await(Seen seen) {
            Awaitility.await()
                    .pollInterval(MILLISECOND)
                    .until(() -> seen.database.lastChange() > seen.change);
        }
    },
    /** The first answer of the new revision has come. */
    SWITCH {
        @Override
        void await(Seen seen) {
            Awaitility.await()
                    .pollInterval(MILLISECOND)
                    .until(() -> seen.next.label().equals(Face.of(seen.server.app(), "shop")));
        }
    },
    /** A request of the old revision is under way while the new one answers. */
    DRAIN {
        @Override
        void await(Seen seen) {
            SWITCH.await(seen);
        }
    };

    private static final java.time.Duration MILLISECOND = java.time.Duration.ofMillis(1);

    abstract void await(Seen seen);

    /** What is looked at, and how it was before the deploy. */
    static final class Seen {
        final ServerProcess server;
        final DatabaseSight database;
        final Face next;
        private final Path cache;
        final long before;
        final long images;
        final long change;

        Seen(ServerProcess server, DatabaseSight database, Path cache, Face next)
                throws IOException, SQLException {
            this.server = server;
            this.database = database;
            this.cache = cache;
            this.next = next;
            before = modules();
            images = images();
            change = database.lastChange();
        }

        long modules() throws IOException {
            return files(".module");
        }

        long images() throws IOException {
            return files(".image");
        }

        private long files(String ending) throws IOException {
            try (Stream<Path> files = Files.list(cache)) {
                return files.filter(file -> file.toString().endsWith(ending)).count();
            }
        }
    }
}
