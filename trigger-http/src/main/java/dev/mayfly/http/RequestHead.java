package dev.mayfly.http;

import org.jspecify.annotations.Nullable;

/** A request's first line, fields and peers, as received. Immutable; readable from any thread. */
public interface RequestHead {
    /** {@return as sent} */
    String method();

    /** {@return the request target as sent: origin form, absolute form or {@code *}} */
    String target();

    /** {@return the protocol's version} */
    Protocol protocol();

    /** {@return the fields} Over HTTP/2 {@code :authority} appears as {@link #authority()} only. */
    HeaderFields headers();

    /**
     * {@code :authority} over HTTP/2; null otherwise (not Optional: request path).
     *
     * @return the authority, or null
     */
    @Nullable String authority();

    /** {@return whether the connection is under TLS} */
    boolean secure();

    /** {@return the client's address, without brackets} */
    String remoteHost();

    /** {@return the client's port} */
    int remotePort();

    /** {@return the listener's address, without brackets} */
    String localHost();

    /** {@return the port the request arrived on} */
    int localPort();

    /** {@return whether a body follows} */
    boolean hasBody();

    /** {@return the announced length in bytes, -1 if none was} */
    long contentLength();

    /** An HTTP version. */
    enum Protocol {
        /** HTTP/1.0. */
        HTTP_1_0("HTTP/1.0"),
        /** HTTP/1.1. */
        HTTP_1_1("HTTP/1.1"),
        /** HTTP/2. */
        HTTP_2("HTTP/2.0");

        private final String text;

        Protocol(String text) {
            this.text = text;
        }

        /** {@return as {@code SERVER_PROTOCOL} carries it} */
        public String text() {
            return text;
        }
    }
}
