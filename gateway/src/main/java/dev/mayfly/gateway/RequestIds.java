package dev.mayfly.gateway;

import java.util.concurrent.ThreadLocalRandom;

/** Names for the few requests that no trigger names. */
final class RequestIds {
    private RequestIds() {}

    /** {@return 16 random hexadecimal digits} */
    static String fresh() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }
}
