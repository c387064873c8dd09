package dev.mayfly.registry;

import java.nio.file.Path;

/** Where the database is. */
public sealed interface DatabaseSettings {
    /**
     * A PostgreSQL, 14 to 18, that somebody else runs.
     *
     * @param url {@code postgres://user:password@host:port/database?option=value}, or the same as
     *     {@code jdbc:postgresql://host:port/database?user=…&password=…}; options are the driver's
     */
    record Server(String url) implements DatabaseSettings {
        /** Refuses what is no such address, without repeating its password. */
        public Server {
            PostgresUrl.read(url);
        }

        /** {@return the address without its password} */
        @Override
        public String toString() {
            return PostgresUrl.read(url).toString();
        }
    }

    /**
     * A PostgreSQL of this process's own, on a loopback port, started and stopped with the
     * registry. One that a crash left running is taken over; one that dies is started again.
     *
     * @param folder holds the cluster, its log and its password; made if it is missing; of one
     *     process at a time
     * @param programs where PostgreSQL's programs are unpacked, once per version; may be shared
     */
    record Embedded(Path folder, Path programs) implements DatabaseSettings {
        /**
         * With its programs in the same folder.
         *
         * @param folder holds everything
         */
        public Embedded(Path folder) {
            this(folder, folder.resolve("programs"));
        }
    }
}
