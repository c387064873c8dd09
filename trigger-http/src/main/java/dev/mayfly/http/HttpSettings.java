package dev.mayfly.http;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the HTTP trigger needs to know of its server.
 *
 * @param serverSoftware {@code Mayfly/<version>}
 * @param trustedProxies addresses and CIDR blocks whose forwarding headers count
 * @param rateLimitCallers how many callers each rate limit remembers
 * @param previewDomain below which hosts name revisions, {@code 3--shop.<domain>}
 * @param compression which answers are compressed
 * @param text makes header text that the gateway sends fastest, from a name or a value
 */
public record HttpSettings(
        String serverSoftware,
        List<String> trustedProxies,
        int rateLimitCallers,
        Optional<String> previewDomain,
        Compression compression,
        UnaryOperator<CharSequence> text) {
    /** Copies the list in. */
    public HttpSettings {
        trustedProxies = List.copyOf(trustedProxies);
    }
}
