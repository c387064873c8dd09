package dev.mayfly.gateway;

import java.util.concurrent.Executor;

/**
 * What all exchanges of a server share.
 *
 * @param intake where bodies go
 * @param limits of a connection
 * @param journal where requests are logged
 * @param traffic what is counted
 * @param books what each event loop writes down of its requests
 * @param spans where requests go whose trace is recorded
 * @param blocking threads that may block
 * @param phase whether the server goes down
 * @param proxies whose connections begin with a PROXY header
 */
record Serving(
        BodyIntake.Place intake,
        ServerSettings.Connections limits,
        Journal journal,
        Traffic traffic,
        BookShelf books,
        SpanSink spans,
        Executor blocking,
        Phase phase,
        ProxyHeaders proxies) {}
