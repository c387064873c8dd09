package dev.mayfly.http;

import org.jspecify.annotations.Nullable;

/**
 * A request as routes and functions see it: after trusted proxies, and after local redirects.
 *
 * @param head as received
 * @param id the request's id
 * @param method as sent, or GET after a redirect
 * @param path raw, starts with a slash, every escape well formed
 * @param query raw, without the question mark; empty if there is none
 * @param authority as the client used it; null if it used none
 * @param origin what trusted proxies say of the client; null if it came directly
 * @param redirected whether a function sent it here: then its body is gone
 */
record RequestView(
        RequestHead head,
        String id,
        String method,
        String path,
        String query,
        @Nullable String authority,
        @Nullable Origin origin,
        boolean redirected)
        implements Admission {

    RequestView redirectedTo(RequestTarget target) {
        return new RequestView(
                head, id, "GET", target.path(), target.query(), authority, origin, true);
    }

    /** {@return the same with another method} */
    RequestView asking(String other) {
        return new RequestView(head, id, other, path, query, authority, origin, redirected);
    }

    boolean hasBody() {
        return !redirected && head.hasBody();
    }

    /** {@return the announced length in bytes, -1 if none was} */
    long contentLength() {
        return redirected ? -1 : head.contentLength();
    }

    String clientHost() {
        return origin == null ? head.remoteHost() : origin.clientHost();
    }

    int clientPort() {
        return origin == null ? head.remotePort() : origin.clientPort();
    }

    boolean secure() {
        return origin == null ? head.secure() : origin.secure();
    }

    int serverPort() {
        return origin == null ? head.localPort() : origin.serverPort();
    }

    /** {@return the host of the authority, else the listener's address; IPv6 in brackets} */
    String serverName() {
        return authority == null || authority.isEmpty()
                ? Authority.bracketed(head.localHost())
                : Authority.host(authority);
    }

    /** {@return the authority as the client used it, or one made of the listener's address} */
    String urlAuthority() {
        if (authority != null && !authority.isEmpty()) {
            return authority;
        }
        int port = serverPort();
        return port == (secure() ? 443 : 80) ? serverName() : serverName() + ":" + port;
    }
}
