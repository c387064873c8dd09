package dev.mayfly.cli;

/**
 * A server somebody has logged in to.
 *
 * @param server its admin API
 * @param token what it knows the person by
 */
record Context(ServerAddress server, String token) {
    /** {@return the context without its token} */
    @Override
    public String toString() {
        return "Context[" + server + "]";
    }
}
