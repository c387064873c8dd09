package dev.mayfly.pool;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;

/** Counts what resets allocate. */
public final class ResetAllocation {
    private static final int WARM_UP = 20_000;

    private ResetAllocation() {}

    /**
     * {@return bytes of heap per reset, each after a real run, on average}
     *
     * @param guest its name and its entrypoint
     * @param resets how many to count over
     * @throws IOException when there is no room for its classes
     */
    public static double bytesPerReset(String guest, int resets) throws IOException {
        BenchGuest loaded = BenchGuest.load(guest);
        Sandbox sandbox = loaded.sandbox();
        count(loaded, sandbox, WARM_UP);
        return count(loaded, sandbox, resets) / (double) resets;
    }

    private static long count(BenchGuest guest, Sandbox sandbox, int resets) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = 0;
        for (int i = 0; i < resets; i++) {
            guest.run(sandbox);
            long before = threads.getCurrentThreadAllocatedBytes();
            sandbox.reset();
            bytes += threads.getCurrentThreadAllocatedBytes() - before;
        }
        return bytes;
    }
}
