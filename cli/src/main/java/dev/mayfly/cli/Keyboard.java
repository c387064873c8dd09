package dev.mayfly.cli;

import java.io.IOException;
import java.io.InputStream;

/** What comes in: from a person at a terminal, or through a pipe. */
interface Keyboard {
    /** {@return whether a person sits there who can be asked} */
    boolean isTerminal();

    /**
     * Asks, and shows what is typed.
     *
     * @param question ends where the answer begins
     * @return the answer; empty at the end of input
     */
    String ask(String question);

    /**
     * Asks, and shows nothing of what is typed.
     *
     * @param question ends where the answer begins
     * @return the answer; empty at the end of input
     */
    String askSecretly(String question);

    /** {@return standard input, for what is piped in} */
    InputStream input() throws IOException;
}
