package dev.mayfly.gateway;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT, and SIGUSR1 for whoever wants it. A shutdown hook would not do: with one, the
 * process ends with 143 however well it went down, and a second signal waits for the first. The
 * JDK's own way to take a signal is an unnamed part of it ({@code jdk.unsupported}), so it is
 * reached by name, and its lack is survived: then a signal ends the process at once.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final Map<String, Integer> EXIT_CODES = Map.of("TERM", 143, "INT", 130);

    private final CountDownLatch first = new CountDownLatch(1);
    private final AtomicBoolean asked = new AtomicBoolean();

    /** Takes both signals from now on. */
    Signals() {
        EXIT_CODES.forEach((name, exitCode) -> {
            if (!take(name, () -> arrived(exitCode))) {
                LOG.warn("SIG{} cannot be taken here: it ends this process at once", name);
            }
        });
    }

    /**
     * Runs {@code task} each time the signal {@code name} arrives, on a thread of its own; false
     * where that cannot be had.
     */
    static boolean take(String name, Runnable task) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            signal.getMethod("handle", signal, handler)
                    .invoke(
                            null,
                            signal.getConstructor(String.class).newInstance(name),
                            taker(handler, signal, task));
            return true;
        } catch (InvocationTargetException e) {
            LOG.debug("SIG{} is not there, or taken by the virtual machine", name, e.getCause());
            return false;
        } catch (ReflectiveOperationException e) {
            LOG.debug("this JDK has no sun.misc.Signal", e);
            return false;
        }
    }

    /** An object whose one method of note, the handler's, runs {@code task}. */
    private static Object taker(Class<?> handler, Class<?> signal, Runnable task)
            throws ReflectiveOperationException {
        MethodHandle run =
                MethodHandles.lookup()
                        .findVirtual(Runnable.class, "run", MethodType.methodType(void.class));
        return MethodHandleProxies.asInterfaceInstance(
                handler, MethodHandles.dropArguments(run.bindTo(task), 0, signal));
    }

    void arrived(int exitCode) {
        if (asked.compareAndSet(false, true)) {
            first.countDown();
        } else {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /** Waits for the first signal; a second one ends the process. */
    void await() throws InterruptedException {
        first.await();
    }
}
