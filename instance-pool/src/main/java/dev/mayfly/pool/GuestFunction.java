package dev.mayfly.pool;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A loaded function: its snapshot, its pool of sandboxes and its queue. Safe for any thread. */
public interface GuestFunction {
    /** {@return the name its pool and log lines go by} */
    FunctionId id();

    /**
     * Sub-routes that the module's {@code _routes} export printed; empty without one.
     *
     * @return its name
     */
    List<SubRoute> subRoutes();

    /**
     * Keeps the function open for one request, from the match until {@link #release()}.
     *
     * @return false when the function is closed: match again, on the current route table
     */
    boolean retain();

    /** Undoes one {@link #retain()}. */
    void release();

    /**
     * Asks before a body is read whether there is any use in it: what {@link #submit} would refuse
     * at once is refused here, and counted. An answer of null promises nothing.
     *
     * @return the refusal, null if a run submitted now would be taken (not Optional: request path)
     */
    Outcome.@Nullable Refused turnedAway();

    /**
     * Runs {@code invocation} as soon as a sandbox and a thread are free. Does not wake a thread by
     * itself: call {@link GuestRuntime#wake()} once after a batch of submissions. Never blocks. A
     * refusal arrives through {@link Invocation#finished}, possibly before this returns.
     *
     * @param invocation the run
     * @return the submitted run
     */
    Run submit(Invocation invocation);

    /**
     * Runs {@code invocation} from the entrypoint {@code entrypoint}, for sub-routes.
     *
     * @param invocation the run
     * @param entrypoint one of {@link #subRoutes()}' entrypoints
     * @return the submitted run
     */
    Run submit(Invocation invocation, String entrypoint);

    /** {@return what the pool holds and did so far} */
    PoolStats stats();

    /**
     * Takes no more requests, lets retained ones finish, then frees everything. Returns at once.
     */
    void close();
}
