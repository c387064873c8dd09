package dev.mayfly.gateway;

import static org.awaitility.Awaitility.await;

import java.nio.file.Path;

/** What {@code mayfly up} does, for tests that need a process of their own to send signals to. */
final class ServedApp {
    private ServedApp() {}

    /** Prints its port, then {@code running} once a guest runs. */
    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        Gateway gateway = Gateway.open(PlayedServer.settings(folder));
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
        gateway.deploy(files.app(AppFolder.function("/...", "echo-c")));
        gateway.takeSignals();
        System.out.println(((Binding.Bound) gateway.listen()).address().port());
        await().until(() -> gateway.stats().runningSandboxes() == 1);
        System.out.println("running");
        gateway.runUntilSignal(() -> {});
        System.exit(0);
    }
}
