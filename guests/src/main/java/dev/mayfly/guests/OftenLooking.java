package dev.mayfly.guests;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Has every {@code await()} of every module look each 15 ms, the first time too, where the
 * library's own pace is 100 ms: hundreds of them would spend minutes of the gate asleep.
 */
public final class OftenLooking implements LauncherSessionListener {
    private static final Duration PACE = Duration.ofMillis(15);

    /** As {@link java.util.ServiceLoader} wants it. */
    public OftenLooking() {}

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultPollDelay(PACE);
        Awaitility.setDefaultPollInterval(PACE);
    }
}
