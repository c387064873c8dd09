package dev.mayfly.gateway;

import java.time.Duration;
import java.util.List;

/**
 * The admin API's own port, with an event loop, a connection count and a share of the disk of its
 * own: whatever happens there, requests to functions do not notice.
 */
final class AdminListener implements AutoCloseable {
    private final Listener listener;
    private final Phase phase;

    AdminListener(ListenPort port, Serving serving, AdminHandler handler) {
        AdminDoor door = new AdminDoor(port.address());
        this.phase = serving.phase();
        this.listener =
                new Listener(
                        List.of(port),
                        serving,
                        new AdminEntrance(handler, door, serving.blocking()),
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
                                false,
                                limits.most(),
                                limits.headerTimeout(),
                                limits.bodyTimeout(),
                                limits.idleTimeout()),
                        data.journal(),
                        new Traffic(),
                        BookShelf.ofNothing(),
                        SpanSink.OFF,
                        data.blocking(),
                        new Phase(),
                        ProxyHeaders.NONE);
        return new AdminListener(ListenPort.of(at, settings.transport().adminTls()), own, handler);
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
