package dev.mayfly.server;

import java.util.Optional;

/** Says what an app is now: the registry does, or the disk as long as there is no registry. */
interface Truth {
    /** {@return the app; empty when nothing of it is live} Blocks. */
    Optional<AppNow> now(String app);
}
