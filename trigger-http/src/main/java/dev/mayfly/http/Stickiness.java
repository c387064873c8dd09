package dev.mayfly.http;

import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What tells the requests of one caller, so that a split chooses alike for them. */
sealed interface Stickiness {
    /** {@return the key of a request; may add a field to its answer} */
    long key(Split split, Dispatch dispatch, RequestView request);

    /** {@return as a route's {@code sticky} says} */
    static Stickiness of(Optional<String> sticky, String app, Answers answers) {
        if (sticky.isEmpty()) {
            return new None();
        }
        return sticky.get().equals("cookie")
                ? new ByCookie("mayfly-revision-" + app, answers)
                : new ByHeader(sticky.get().substring("header:".length()));
    }

    /** Each request is chosen for by itself. */
    record None() implements Stickiness {
        @Override
        public long key(Split split, Dispatch dispatch, RequestView request) {
            return ThreadLocalRandom.current().nextLong();
        }
    }

    /**
     * Callers are told apart by a header that somebody else sets.
     *
     * @param name the header's; a request without it is chosen for by itself
     */
    record ByHeader(String name) implements Stickiness {
        @Override
        public long key(Split split, Dispatch dispatch, RequestView request) {
            CharSequence value = request.head().headers().first(name);
            return value == null || value.isEmpty()
                    ? ThreadLocalRandom.current().nextLong()
                    : split.key(value);
        }
    }

    /**
     * Callers are told apart by a cookie of ours. It holds a random text rather than a revision, so
     * that it outlives every change of the split.
     *
     * @param name the cookie's
     * @param answers makes the field that sets it
     */
    record ByCookie(String name, Answers answers) implements Stickiness {
        @Override
        public long key(Split split, Dispatch dispatch, RequestView request) {
            @Nullable String known = Cookies.value(request.head().headers(), name);
            if (known != null && !known.isEmpty()) {
                return split.key(known);
            }
            String fresh = Long.toHexString(ThreadLocalRandom.current().nextLong());
            dispatch.note(answers.field("set-cookie", cookie(fresh, request.secure())));
            return split.key(fresh);
        }

        private String cookie(String value, boolean secure) {
            String cookie = name + "=" + value + "; Path=/; HttpOnly; SameSite=Lax";
            return secure ? cookie + "; Secure" : cookie;
        }
    }
}
