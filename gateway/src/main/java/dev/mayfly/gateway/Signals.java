package dev.mayfly.gateway;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
            Object taker =
                    Proxy.newProxyInstance(
                            Signals.class.getClassLoader(),
                            new Class<?>[] {handler},
                            (proxy, method, arguments) -> answer(proxy, method, arguments, taken));
            try {
                handle.invoke(
                        null,
                        signal.getConstructor(String.class).newInstance(taken.getKey()),
                        taker);
            } catch (InvocationTargetException e) {
                LOG.warn("SIG{} cannot be taken here", taken.getKey(), e.getCause());
            }
        }
    }

    private Object answer(
            Object proxy, Method method, Object[] arguments, Map.Entry<String, Integer> taken) {
        return switch (method.getName()) {
            case "equals" -> proxy == arguments[0];
            case "hashCode" -> System.identityHashCode(proxy);
            case "toString" -> "SIG" + taken.getKey();
            default -> {
                arrived(taken.getValue());
                yield Boolean.TRUE;
            }
        };
    }

    private void arrived(int exitCode) {
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
