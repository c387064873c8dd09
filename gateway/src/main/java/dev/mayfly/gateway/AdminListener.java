package dev.mayfly.gateway;

import java.time.Duration;

/**
 * The admin API's own port, with an event loop, a connection count and a share of the disk of its
 * own: whatever happens there, requests to functions do not notice.
 */
final class AdminListener implements AutoCloseable {
    private final Listener listener;
    private final Phase phase;

    AdminListener(ServerSettings.Address address, Serving serving, AdminHandler handler) {
        this.phase = serving.phase();
        this.listener =
                new Listener(
                        address,
                        serving,
                        new AdminEntrance(handler, new AdminDoor(address), serving.blocking()),
                        () -> {});
    }

    /** With limits, logs and threads as {@code data} has them. */
    static AdminListener beside(
            Serving data,
            ServerSettings settings,
            ServerSettings.Address at,
            AdminHandler handler) {
        ServerSettings.Connections limits = data.limits();
        SpoolFolder spool = new SpoolFolder(settings.spool());
        Serving own =
                new Serving(
                        new BodyIntake.Place(spool, data.blocking(), limits.bodyTimeout()),
                        new ServerSettings.Connections(
                                1,
                                limits.most(),
                                limits.headerTimeout(),
                                limits.bodyTimeout(),
                                limits.idleTimeout()),
                        data.journal(),
                        new Traffic(),
                        BookShelf.ofNothing(),
                        SpanSink.OFF,
                        data.blocking(),
                        new Phase());
        return new AdminListener(at, own, handler);
    }

    /** Takes the port; blocks. */
    Binding listen() {
        Binding binding = listener.listen();
        if (binding instanceof Binding.Bound) {
            phase.becomeReady();
        }
        return binding;
    }

    /** Lets what is being answered end within {@code timeout}; blocks. */
    void shutdown(Duration timeout) {
        phase.drain();
        listener.shutdown(timeout);
    }

    @Override
    public void close() {
        listener.close();
    }
}
