package dev.mayfly.server;

import dev.mayfly.registry.Lease;
import dev.mayfly.registry.Registry;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Something that one gateway does for all of them, as long as it holds the lease. One thread. */
final class Duty {
    private final Registry registry;
    private final String name;
    private @Nullable Lease lease;

    Duty(Registry registry, String name) {
        this.registry = registry;
        this.name = name;
    }

    /** Whether it is this gateway's now; takes it if nobody has it. Blocks. */
    boolean isMine() {
        Lease held = lease;
        if (held != null && held.isHeld()) {
            return true;
        }
        lay();
        Optional<Lease> taken = registry.lease(name);
        lease = taken.orElse(null);
        return taken.isPresent();
    }

    /** Leaves it to the others. */
    void lay() {
        Lease held = lease;
        lease = null;
        if (held != null) {
            held.close();
        }
    }
}
