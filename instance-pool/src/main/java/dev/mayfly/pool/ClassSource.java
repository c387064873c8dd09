package dev.mayfly.pool;

import java.util.Set;

/** Where the classes of a module come from. Any thread. */
interface ClassSource {
    /** The names of all classes. */
    Set<String> names();

    /**
     * The bytes of a class. Asked for again when defining it failed: a guest may reach it at the
     * end of its stack.
     *
     * @throws ArtifactLostError when they are gone or damaged
     * @throws ClassNotFoundException when there is no such class
     */
    byte[] bytes(String name) throws ClassNotFoundException;

    /** The class is defined: the JVM has its own copy. */
    void forget(String name);
}
