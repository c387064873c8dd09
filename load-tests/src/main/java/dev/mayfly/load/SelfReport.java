package dev.mayfly.load;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.mayfly.gateway.GatewayStats;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What a process can tell of itself. */
final class SelfReport {
    /** The second collection takes what the first one only found to be unreachable. */
    private static final int COLLECTIONS = 2;

    private final UnixOperatingSystemMXBean system =
            (UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    Vitals vitals(GatewayStats stats) {
        Map<String, Long> values = new HashMap<>();
        values.put("heap", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        values.put("metaspace", metaspace());
        values.put("threads", (long) ManagementFactory.getThreadMXBean().getThreadCount());
        values.put("fds", system.getOpenFileDescriptorCount());
        values.put("cpu_ns", system.getProcessCpuTime());
        values.put("idle", (long) stats.idleSandboxes());
        values.put("running", (long) stats.runningSandboxes());
        return new Vitals(values);
    }

    Vitals collected(Supplier<GatewayStats> stats) {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return vitals(stats.get());
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
