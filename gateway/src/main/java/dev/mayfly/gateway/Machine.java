package dev.mayfly.gateway;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.UnixOperatingSystemMXBean;
import dev.mayfly.manifest.Problem;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/**
 * What this process may use of its machine.
 *
 * @param openFiles files and sockets that may be open at once; {@link Long#MAX_VALUE} where nobody
 *     counts
 * @param heap bytes that Java may take for objects
 * @param memory bytes of the machine, or of the container
 */
public record Machine(long openFiles, long heap, long memory) {
    /**
     * Each connection is one, with a large body two; few have one, and the rest has room in that.
     */
    private static final long FILES_PER_CONNECTION = 2;

    /** Below it a few functions of the default memory fill the budget. */
    private static final long SMALL_HEAP = 256L << 20;

    /** {@return this process's} */
    public static Machine here() {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long files =
                system instanceof UnixOperatingSystemMXBean unix
                        ? unix.getMaxFileDescriptorCount()
                        : Long.MAX_VALUE;
        return new Machine(files, Runtime.getRuntime().maxMemory(), system.getTotalMemorySize());
    }

    /**
     * {@return what it is too small for} A server starts all the same; each has its mend.
     *
     * @param settings how the server is to run
     */
    public List<Problem> shortages(ServerSettings settings) {
        List<Problem> shortages = new ArrayList<>();
        long files = FILES_PER_CONNECTION * settings.connections().most();
        if (openFiles < files) {
            shortages.add(
                    shortage(
                            DoorEntries.MAX_CONNECTIONS,
                            openFiles
                                    + " files may be open (expected: "
                                    + files
                                    + ", two for each connection)",
                            "raise the limit (ulimit -n, LimitNOFILE of systemd, ulimits of compose), or lower max_connections"));
        }
        if (heap < SMALL_HEAP) {
            shortages.add(
                    shortage(
                            WorkEntries.MEMORY_BUDGET,
                            "the heap has " + mebibytes(heap) + " (expected: 256MiB or more)",
                            "give it more: MAYFLY_JAVA_OPTS=-Xmx512m, or a container twice as large as the heap"));
        }
        budget(settings.guests().memoryBudget(), shortages);
        return List.copyOf(shortages);
    }

    private void budget(long budget, List<Problem> shortages) {
        if (budget > heap / 4 * 3) {
            shortages.add(
                    shortage(
                            WorkEntries.MEMORY_BUDGET,
                            mebibytes(budget)
                                    + " of a heap of "
                                    + mebibytes(heap)
                                    + " (expected: three quarters at most)",
                            "lower memory.budget, or give a larger heap: MAYFLY_JAVA_OPTS=-Xmx…"));
        }
        if (heap > memory / 10 * 9) {
            shortages.add(
                    shortage(
                            WorkEntries.MEMORY_BUDGET,
                            "the heap may take "
                                    + mebibytes(heap)
                                    + " of the "
                                    + mebibytes(memory)
                                    + " there are (expected: nine tenths at most)",
                            "lower -Xmx: threads, classes and buffers lie beside the heap"));
        }
    }

    private static Problem shortage(Entry<?> entry, String message, String mend) {
        return new Problem(0, 0, entry.key(), message, mend);
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + "MiB";
    }
}
