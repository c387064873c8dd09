package dev.mayfly.cli;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A server and what it knows the caller by.
 *
 * @param server its admin API
 * @param token empty for calls that need none
 * @param tls how the server is known
 * @param source where that was found, for people: {@code context live}
 */
record Access(ServerAddress server, Optional<String> token, ClientTls tls, String source) {
    /**
     * What may stand in a header; the HTTP client would repeat any other value in its complaint.
     */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=:-]{1,4096}");

    Access {
        if (token.isPresent() && !isToken(token.get())) {
            throw new IllegalArgumentException(
                    "the token of " + source + " is not one (expected: one word, not shown here)");
        }
    }

    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** {@return the access without its token} */
    @Override
    public String toString() {
        return "Access[" + server + ", " + source + "]";
    }
}
