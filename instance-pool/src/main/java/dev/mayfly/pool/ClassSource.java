package dev.mayfly.pool;

import java.util.Set;

/** Where the classes of a module come from. Any thread. */
interface ClassSource {
    /** The names of all classes. */
    Set<String> names();

    /**
     * The bytes of a class, which is asked for once at most.
     *
     * @throws ArtifactLostError when they are gone or damaged
     * @throws ClassNotFoundException when there is no such class
     */
    byte[] take(String name) throws ClassNotFoundException;
}
