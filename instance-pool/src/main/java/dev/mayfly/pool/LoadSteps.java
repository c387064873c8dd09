package dev.mayfly.pool;

import com.dylibso.chicory.wasm.ChicoryException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the steps of one load on threads of their own and turns whatever they throw into a sentence:
 * the last line of defence behind the checks, so that a hostile module ends its load and nothing
 * else.
 *
 * @param id the function that is loaded
 */
record LoadSteps(FunctionId id) {
    private static final Logger LOG = LoggerFactory.getLogger(LoadSteps.class);

    /** CPython, 26 MB, takes 17 seconds of one core; the machine may be busy. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** The parser and the compiler hardly recurse. */
    private static final long STACK = 16L << 20;

    /** Runs {@code step}. */
    <T> T run(Step<T> step) throws UnloadableException, InterruptedException {
        try {
            return LoadThread.run(id, LIMIT, STACK, step::run);
        } catch (TimeoutException e) {
            throw new UnloadableException(
                    "the module took more than "
                            + LIMIT.toSeconds()
                            + " s to compile; build it with -Os, or split it");
        } catch (ExecutionException e) {
            throw refusal(Objects.requireNonNullElse(e.getCause(), e));
        }
    }

    private UnloadableException refusal(Throwable cause) {
        return switch (cause) {
            case UnloadableException known -> known;
            case ChicoryException known ->
                    new UnloadableException("the module cannot be set up: " + known.getMessage());
            case OutOfMemoryError _ ->
                    new UnloadableException(
                            "the module needs more memory than there is ("
                                    + (Runtime.getRuntime().maxMemory() >> 20)
                                    + " MiB); start Mayfly with a larger heap (-Xmx)");
            case StackOverflowError _ ->
                    new UnloadableException(
                            "the module nests its code too deep to be compiled; build it with -Os");
            default -> {
                LOG.error("{}: the module could not be loaded", id, cause);
                yield new UnloadableException(
                        "the module could not be loaded, for a reason that is Mayfly's fault; the"
                                + " server's log has it");
            }
        };
    }

    /** A step of a load. */
    @FunctionalInterface
    interface Step<T> {
        T run() throws UnloadableException, InterruptedException;
    }
}
