package dev.mayfly.server;

import dev.mayfly.gateway.ServerSettings.Address;

/** What came of starting a server. */
public sealed interface ServerStart {
    /**
     * It serves. A server whose database is away serves what it last knew.
     *
     * @param server to be closed
     * @param listen where requests come in, the port never 0
     * @param admin where the admin API listens, the port never 0
     */
    record Running(Server server, Address listen, Address admin) implements ServerStart {}

    /**
     * It does not start; nothing is left running.
     *
     * @param reason what is in the way, without any secret
     * @param mend what to do about it; may be empty
     */
    record Refused(String reason, String mend) implements ServerStart {}
}
