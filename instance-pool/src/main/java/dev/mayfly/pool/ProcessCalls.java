package dev.mayfly.pool;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import org.jspecify.annotations.Nullable;

/** Host functions about the guest itself: environment, arguments, random bytes, its end. */
final class ProcessCalls {
    /** Random bytes between two looks at the interrupt flag. */
    private static final int STEP = 1 << 20;

    private final Host host;
    private final GuestStrings environment = new GuestStrings();
    private final GuestStrings arguments = new GuestStrings();
    private @Nullable Entropy entropy;

    ProcessCalls(Host host) {
        this.host = host;
    }

    /** Forgets what this run was told. */
    void end() {
        environment.clear();
        arguments.clear();
    }

    Errno environmentSizes(int countAt, int bytesAt) {
        return environment().sizes(host.memory(), countAt, bytesAt);
    }

    Errno environment(int pointersAt, int blockAt) {
        return environment().copy(host.memory(), pointersAt, blockAt);
    }

    private GuestStrings environment() {
        host.environmentCalls++;
        if (environment.begin()) {
            host.invocation().environment(environment);
        }
        return environment;
    }

    Errno argumentSizes(int countAt, int bytesAt) {
        return arguments().sizes(host.memory(), countAt, bytesAt);
    }

    Errno arguments(int pointersAt, int blockAt) {
        return arguments().copy(host.memory(), pointersAt, blockAt);
    }

    private GuestStrings arguments() {
        host.argumentCalls++;
        if (arguments.begin()) {
            host.invocation().arguments(arguments);
        }
        return arguments;
    }

    Errno random(int at, int length) {
        host.randomCalls++;
        FlatMemory memory = host.memory();
        memory.check(at, length);
        memory.mark(at, length);
        for (int done = 0; done < length; done += STEP) {
            entropy().fill(memory.array(), at + done, Math.min(STEP, length - done));
            if (length > STEP && Thread.currentThread().isInterrupted()) {
                throw new ChicoryInterruptedException("interrupted in random_get");
            }
        }
        return Errno.SUCCESS;
    }

    private Entropy entropy() {
        if (entropy == null) {
            entropy = new Entropy();
        }
        return entropy;
    }

    /** To be thrown. */
    Leave exit(int code) {
        return host.leave(code == 0 ? Ending.Exited.SUCCESS : new Ending.Exited(code));
    }
}
