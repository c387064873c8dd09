package dev.mayfly.gateway;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT. A shutdown hook would not do: with one, the process ends with 143 however
 * well it went down, and a second signal waits for the first. The JDK's own way to take a signal is
 * an unnamed part of it ({@code jdk.unsupported}), so it is reached by name, and its lack is
 * survived: then a signal ends the process at once.
 */
final class Signals {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    private static final Map<String, Integer> EXIT_CODES = Map.of("TERM", 143, "INT", 130);

    private final CountDownLatch first = new CountDownLatch(1);
    private final AtomicBoolean asked = new AtomicBoolean();

    /** Takes both signals from now on. */
    Signals() {
        try {
            take();
        } catch (ReflectiveOperationException e) {
            LOG.warn("signals end this process at once: this JDK has no sun.misc.Signal", e);
        }
    }

    private void take() throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Method handle = signal.getMethod("handle", signal, handler);
        for (Map.Entry<String, Integer> taken : EXIT_CODES.entrySet()) {
            Object name = signal.getConstructor(String.class).newInstance(taken.getKey());
            try {
                handle.invoke(null, name, taker(handler, signal, taken.getValue()));
            } catch (InvocationTargetException e) {
                LOG.warn("SIG{} cannot be taken here", taken.getKey(), e.getCause());
            }
        }
    }

    /** An object whose one method of note, the handler's, tells that the signal arrived. */
    private Object taker(Class<?> handler, Class<?> signal, int exitCode)
            throws ReflectiveOperationException {
        MethodHandle arrived =
                MethodHandles.lookup()
                        .findVirtual(
                                Signals.class,
                                "arrived",
                                MethodType.methodType(void.class, int.class));
        return MethodHandleProxies.asInterfaceInstance(
                handler,
                MethodHandles.dropArguments(
                        MethodHandles.insertArguments(arrived, 0, this, exitCode), 0, signal));
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
