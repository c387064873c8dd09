package dev.mayfly.http;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/**
 * The socket side of one request, as the gateway implements it. {@link #hold}, {@link #receiveBody}
 * and {@link #streamBody} belong to the request's event loop; every other method may be called from
 * any thread and never blocks, {@link #awaitRoom} excepted.
 */
public interface Exchange {
    /** {@return the request's head} */
    RequestHead head();

    /**
     * Names the request; the gateway sends it as {@code X-Request-Id} and logs it. Called once,
     * first.
     *
     * @param requestId the request's id
     */
    void identify(String requestId);

    /**
     * Who answered, for the access log; may be called again after a local redirect.
     *
     * @param note what matched
     */
    void routed(RouteNote note);

    /**
     * What a run came to, for the access log; before the answer ends, and again for each run of a
     * local redirect.
     *
     * @param run what the run came to
     */
    default void ran(Ran run) {}

    /** {@return the trace that the request belongs to; the same each time, on any thread} */
    TraceContext trace();

    /**
     * Leaves the request as it is, its body unread, until {@code awaited} is complete, however;
     * then runs {@code task} on the event loop, unless the client has gone. At once if it is
     * complete already.
     *
     * @param awaited completed by any thread
     * @param task what to do then
     */
    void hold(CompletableFuture<?> awaited, Runnable task);

    /**
     * Collects the body, in memory up to 64 KiB and in a spool file above. Answers {@code Expect:
     * 100-continue}. The receiver is called on the event loop.
     *
     * @param receiver told once
     * @param limit in bytes
     */
    void receiveBody(long limit, BodyReceiver receiver);

    /**
     * Hands the body over as it arrives. Answers {@code Expect: 100-continue}.
     *
     * @param limit in bytes; reading past it fails
     * @return the body, read on the guest's thread
     */
    RequestBody streamBody(long limit);

    /**
     * Answers whole. The gateway sets {@code Content-Length} from {@code length} unless the head
     * carries one.
     *
     * @param body the body
     * @param head the head
     * @param length in bytes
     * @param offset where in the array
     */
    void respond(ResponseHead head, byte[] body, int offset, int length);

    /**
     * Answers with a part of a file.
     *
     * @param file the file
     * @param head the head
     * @param length in bytes
     * @param offset where in the array
     */
    void respondFile(ResponseHead head, Path file, long offset, long length);

    /**
     * Begins an answer of unknown length.
     *
     * @param head the head
     */
    void start(ResponseHead head);

    /**
     * Sends more of a begun answer; takes the array over.
     *
     * @param chunk the bytes
     */
    void write(byte[] chunk);

    /**
     * Waits while more than 256 KiB of a begun answer are unsent. For a guest's thread only.
     *
     * @throws InterruptedException when the run is interrupted
     */
    void awaitRoom() throws InterruptedException;

    /** Ends a begun answer. */
    void end();

    /**
     * Breaks a begun answer off: no last chunk on HTTP/1.1, RST_STREAM on HTTP/2.
     *
     * @param countedAs the status that logs and metrics count
     */
    void abort(int countedAs);

    /**
     * Runs {@code task} once if the client goes away before the answer is complete; at once if it
     * has already.
     *
     * @param task what to run
     */
    void onClientGone(Runnable task);
}
