package dev.mayfly.manifest;

import java.time.Duration;

/**
 * What no function's limits may exceed.
 *
 * @param maxMemoryBytes {@code limits.max_memory}
 * @param maxTimeout {@code limits.max_timeout}
 * @param maxRequestBodyBytes {@code limits.max_request_body}
 */
public record ServerLimits(long maxMemoryBytes, Duration maxTimeout, long maxRequestBodyBytes) {
    /** 1 GiB, 5 minutes, 1 GiB. */
    public static final ServerLimits DEFAULT =
            new ServerLimits(1L << 30, Duration.ofMinutes(5), 1L << 30);
}
