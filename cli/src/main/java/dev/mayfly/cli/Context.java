package dev.mayfly.cli;

/**
 * A server somebody has logged in to.
 *
 * @param server its admin API
 * @param token what it knows the person by
 * @param tls how the server is known
 */
record Context(ServerAddress server, String token, ClientTls tls) {
    /** A server that is known as the system says. */
    Context(ServerAddress server, String token) {
        this(server, token, ClientTls.SYSTEM);
    }

    /** {@return the context without its token} */
    @Override
    public String toString() {
        return "Context[" + server + "]";
    }
}
