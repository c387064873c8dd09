package dev.mayfly.pool;

import java.io.IOException;

/**
 * One run of a function as its trigger sees it: what the guest may read, and where what it writes
 * goes.
 *
 * <p>All methods but {@link #requestId()}, {@link #patienceNanos()} and {@link #tick(long)} are
 * called on the guest's thread, one at a time, and never after {@link #finished}. The arrays handed
 * in are the guest's own linear memory: an implementation reads or writes only the range it is
 * given and keeps no reference.
 */
public interface Invocation {
    /**
     * {@return the id that log lines and problem documents carry; 1 to 128 characters, fixed for
     * the run}
     */
    String requestId();

    /**
     * {@return how long its caller may wait for the run to begin, in nanoseconds} A run that should
     * have to wait longer is refused at once. Asked on the submitter's thread.
     */
    default long patienceNanos() {
        return Long.MAX_VALUE;
    }

    /**
     * Writes the environment, called at most once a run and only if the guest asks for it.
     *
     * @param block where to write
     */
    void environment(StringBlock block);

    /**
     * Writes the arguments, called at most once a run and only if the guest asks for them.
     *
     * @param block where to write
     */
    void arguments(StringBlock block);

    /**
     * Reads from standard input into {@code into}.
     *
     * @param into the array to fill
     * @param length in bytes
     * @param offset where in the array
     * @return the number of bytes read, at least 1 unless {@code length} is 0; -1 at the end
     * @throws InterruptedException when the deadline or a cancellation ends the wait for a streamed
     *     body
     * @throws IOException when the body is broken or its spool file cannot be read
     */
    int read(byte[] into, int offset, int length) throws IOException, InterruptedException;

    /**
     * Takes bytes of standard output; copies them before it returns. Waits while a slow reader
     * holds more than the gateway buffers.
     *
     * @param from the array to take from
     * @param length in bytes
     * @param offset where in the array
     * @throws InterruptedException when the deadline or a cancellation ends the wait for a slow
     *     reader
     * @throws IOException when the receiver refuses the bytes; the run ends
     */
    void write(byte[] from, int offset, int length) throws IOException, InterruptedException;

    /**
     * Takes one line of standard error: decoded, control characters escaped, without its line end.
     *
     * @param line the line
     */
    void logLine(String line);

    /**
     * Tells the time while the run goes on, every few milliseconds, on the clock's thread (not the
     * guest's): a chance to send what was held back. Must not block.
     *
     * @param nanoTime as {@link System#nanoTime()}
     */
    void tick(long nanoTime);

    /**
     * The run is over, or never began. Called exactly once; its sandbox is already reset or gone.
     * On the guest's thread, or on the caller's or the clock's when the run never began. Must not
     * block.
     *
     * @param evidence what it used
     * @param outcome how it ended
     */
    void finished(Outcome outcome, Evidence evidence);
}
