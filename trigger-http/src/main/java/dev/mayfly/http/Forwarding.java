package dev.mayfly.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a trusted proxy's forwarding fields say. {@code Forwarded} (RFC 7239) wins over {@code
 * X-Forwarded-*}. Each proxy appends the peer it saw:
 *
 * <pre>
 *   for=203.0.113.9 , for=10.0.0.2     ◄─ peer 10.0.0.1, trusted
 *        │                └ trusted: look further left
 *        └ the first that is not trusted is the client
 * </pre>
 *
 * What stands left of the client was sent by the client itself and proves nothing.
 */
record Forwarding(
        Optional<String> client,
        Optional<String> scheme,
        Optional<String> host,
        Optional<Integer> port) {

    static Forwarding read(RequestHead head, TrustedProxies proxies) {
        String forwarded = joined(head, "forwarded");
        return forwarded.isEmpty() ? legacy(head, proxies) : standard(forwarded, proxies);
    }

    private static Forwarding standard(String forwarded, TrustedProxies proxies) {
        List<String> hops = split(forwarded, ',');
        int i = clientIndex(hops.stream().map(hop -> parameter(hop, "for")).toList(), proxies);
        String hop = hops.get(i);
        return new Forwarding(
                node(parameter(hop, "for")),
                present(parameter(hop, "proto")),
                present(parameter(hop, "host")),
                Optional.empty());
    }

    private static Forwarding legacy(RequestHead head, TrustedProxies proxies) {
        List<String> hops = split(joined(head, "x-forwarded-for"), ',');
        int i = clientIndex(hops, proxies);
        return new Forwarding(
                node(hops.get(i)),
                at(head, "x-forwarded-proto", hops.size(), i),
                at(head, "x-forwarded-host", hops.size(), i),
                at(head, "x-forwarded-port", hops.size(), i).flatMap(Forwarding::port));
    }

    /** A list as long as {@code X-Forwarded-For} goes hop by hop; else its last entry counts. */
    private static Optional<String> at(RequestHead head, String name, int hops, int index) {
        List<String> entries = split(joined(head, name), ',');
        return present(entries.get(entries.size() == hops ? index : entries.size() - 1));
    }

    private static int clientIndex(List<String> nodes, TrustedProxies proxies) {
        int i = nodes.size() - 1;
        while (i > 0 && node(nodes.get(i)).filter(n -> proxies.contain(host(n))).isPresent()) {
            i--;
        }
        return i;
    }

    /** {@return the authority to route by, from the proxy if it told a sound one} */
    @Nullable String authority(@Nullable String own) {
        return host.filter(Authority::isValid).orElse(own);
    }

    Origin origin(RequestHead head, @Nullable String authority) {
        boolean secure = scheme.map(s -> s.equalsIgnoreCase("https")).orElse(head.secure());
        int otherwise = scheme.isPresent() ? (secure ? 443 : 80) : head.localPort();
        int asked =
                host.isPresent() && authority != null
                        ? Authority.port(authority, otherwise)
                        : otherwise;
        return client.map(node ->
                        new Origin(host(node), Authority.port(node, 0), secure, port.orElse(asked)))
                .orElseGet(() ->
                        new Origin(
                                head.remoteHost(), head.remotePort(), secure, port.orElse(asked)));
    }

    private static String host(String node) {
        String host = Authority.host(node);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    /** {@return {@code text} as {@code host[:port]} if it is an address, not a made-up name} */
    private static Optional<String> node(String text) {
        String node = text.indexOf(':') != text.lastIndexOf(':') ? Authority.bracketed(text) : text;
        return Authority.isValid(node) && TrustedProxies.literal(host(node)).isPresent()
                ? Optional.of(node)
                : Optional.empty();
    }

    private static Optional<Integer> port(String text) {
        int port = Authority.port("h:" + text, 0);
        return port > 0 && port < 65_536 ? Optional.of(port) : Optional.empty();
    }

    private static String parameter(String hop, String name) {
        for (String pair : split(hop, ';')) {
            int equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equalsIgnoreCase(name)) {
                return unquoted(pair.substring(equals + 1).strip());
            }
        }
        return "";
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"")
                ? value.substring(1, value.length() - 1)
                : value;
    }

    private static Optional<String> present(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static String joined(RequestHead head, String name) {
        StringBuilder all = new StringBuilder();
        head.headers()
                .forEach((key, value) -> {
                    if (Octets.sameIgnoringCase(key, name)) {
                        all.append(all.isEmpty() ? "" : ",").append(value);
                    }
                });
        return all.toString();
    }

    /** Splits outside quotes; {@return at least one part, stripped} */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= c == '"';
            if (c == separator && !quoted) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }
}
