package dev.mayfly.load;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.mayfly.gateway.Gateway;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What a process can tell of itself. */
final class SelfReport {
    /** The second collection takes what the first one only found to be unreachable. */
    private static final int COLLECTIONS = 2;

    private static final Map<String, String> METERS =
            Map.of(
                    "hot", "mayfly_functions{tier=\"hot\"}",
                    "warm", "mayfly_functions{tier=\"warm\"}",
                    "cold", "mayfly_functions{tier=\"cold\"}",
                    "idle", "mayfly_sandboxes{state=\"idle\"}",
                    "running", "mayfly_sandboxes{state=\"running\"}",
                    "images", "mayfly_memory_used_bytes{kind=\"images\"}");

    private static final Pattern NO_LETTERS = Pattern.compile("[^A-Za-z]+");

    private final UnixOperatingSystemMXBean system =
            (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    Vitals vitals(Gateway gateway) {
        Map<String, Long> values = new HashMap<>();
        values.put("heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        values.put("metaspace", metaspace());
        values.put("threads", (long) ManagementFactory.getThreadMXBean().getThreadCount());
        values.put("fds", system.getOpenFileDescriptorCount());
        values.put("cpu_ns", system.getProcessCpuTime());
        String metrics = gateway.metrics();
        METERS.forEach((name, meter) -> values.put(name, value(metrics, meter)));
        return new Vitals(values);
    }

    /** The value of a line of OpenMetrics text. */
    private static long value(String metrics, String meter) {
        return metrics.lines()
                .filter(line -> line.startsWith(meter + " "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(meter.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no meter " + meter));
    }

    Vitals collected(Gateway gateway) {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return vitals(gateway);
    }

    /**
     * The compressed class space is a part of the pool named Metaspace's sum, and counted apart.
     */
    private static long metaspace() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals("Metaspace"))
                .mapToLong(SelfReport::used)
                .sum();
    }

    private static long used(MemoryPoolMXBean pool) {
        return pool.getUsage().getUsed();
    }

    /** Live threads by their names, numbers left out. */
    Vitals threads() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Map<String, Long> counts = new HashMap<>();
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null) { // null: it ended in between
                counts.merge(
                        NO_LETTERS.matcher(thread.getThreadName()).replaceAll("-"), 1L, Long::sum);
            }
        }
        return new Vitals(counts);
    }

    /** As {@code jcmd VM.classloaders} lists them: one line each, with its name. */
    long guestLoaders() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return diagnose("vmClassloaders", "fold=false")
                .lines()
                .filter(line -> line.contains("\"guest\""))
                .count();
    }

    private static String diagnose(String command, String argument) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            return (String)
                    server.invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            command,
                            new Object[] {new String[] {argument}},
                            new String[] {String[].class.getName()});
        } catch (JMException e) {
            throw new IllegalStateException("this JVM has no diagnostic command " + command, e);
        }
    }
}
