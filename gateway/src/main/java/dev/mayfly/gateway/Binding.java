package dev.mayfly.gateway;

/** What came of listening. */
public sealed interface Binding {
    /**
     * Requests come in.
     *
     * @param address the port that was taken, never 0
     */
    record Bound(ServerSettings.Address address) implements Binding {}

    /**
     * The address cannot be had.
     *
     * @param address what was asked for
     * @param reason the operating system's
     */
    record Unavailable(ServerSettings.Address address, String reason) implements Binding {}
}
