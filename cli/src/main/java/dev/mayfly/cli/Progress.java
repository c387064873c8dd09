package dev.mayfly.cli;

/** Is told how far something has come. */
interface Progress extends AutoCloseable {
    /** Begins with something of that many bytes. */
    void begin(String what, long bytes);

    /** Of what was begun, so many bytes are there in all. */
    void reached(long bytes);

    /** Something went wrong and is tried again. */
    void again(String why);

    /** Ends the line, if one is open. */
    @Override
    void close();
}
