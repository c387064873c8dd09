package dev.mayfly.cli;

import dev.mayfly.gateway.Binding;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.gateway.ServerSettings.Address;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * What the launcher runs to fill the AOT cache: the start of {@code up} and a few requests, for
 * real, and then the end. The app is loaded twice, so that the cache knows both ways: compiling a
 * module, and finding it compiled.
 */
@Command(name = "rehearse", hidden = true, description = "Serve an app to itself, shortly.")
final class RehearseCommand implements Callable<Integer> {
    private static final int REQUESTS = 50;

    private static final String BUILT =
            """
            [function.a]
            source = "a.wasm"
            build = { command = "cp a.c a.wasm", watch = ["*.c"] }
            """;

    private final Surroundings surroundings;

    @Parameters(paramLabel = "DIR", description = "The app.")
    private Path path = Path.of("");

    RehearseCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Path scratch = Files.createTempDirectory("mayfly-rehearsal");
        Map<String, String> flags =
                Map.of(
                        "listen", "127.0.0.1:0",
                        "cache.folder", scratch.resolve("cache").toString(),
                        "spool.folder", scratch.resolve("spool").toString());
        try {
            rehearseBuild(Files.createDirectories(scratch.resolve("app")));
            return switch (ServerSettings.read(Optional.empty(), Map.of(), flags)) {
                case Parsed.Valid<ServerSettings>(ServerSettings settings) ->
                        rehearse(settings).code();
                case Parsed.Invalid<ServerSettings>(List<Problem> problems) ->
                        throw new IllegalStateException("settings: " + problems);
            };
        } finally {
            Folders.delete(scratch);
        }
    }

    /** A build whose command does next to nothing: what it takes to run one is what counts. */
    private void rehearseBuild(Path folder) throws IOException {
        Path file = folder.resolve(Location.MANIFEST);
        Files.writeString(file, "manifest_version = 1\napp = { name = \"a\" }\n" + BUILT);
        Files.writeString(folder.resolve("a.c"), "");
        try (ChangeEvents events = ChangeEvents.open()) {
            new WatchedBuilds(new Location.ManifestFile(file), surroundings, events).build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        }
    }

    private Exit rehearse(ServerSettings settings) throws IOException {
        if (!(Location.find(Optional.of(path), surroundings) instanceof Location.Found found)) {
            return Exit.USAGE;
        }
        try (Gateway gateway = Gateway.open(settings)) {
            AppReader reader = new AppReader(surroundings, Map.of(), Map.of());
            LiveApp app = new LiveApp(gateway, reader, found, surroundings, (files, folders) -> {});
            boolean compiled = app.load();
            boolean foundCompiled = app.load();
            if (!compiled || !foundCompiled) {
                return Exit.INVALID;
            }
            if (!(gateway.listen() instanceof Binding.Bound(Address address))) {
                return Exit.FAILURE;
            }
            new RouteListing(surroundings, address).print(gateway.routes());
            for (int i = 0; i < REQUESTS; i++) {
                request(address);
            }
            gateway.stop();
            return Exit.OK;
        }
    }

    private static void request(Address address) throws IOException {
        try (Socket socket = new Socket(address.host(), address.port())) {
            String request = "GET / HTTP/1.1\r\nHost: " + address + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().readAllBytes();
        }
    }
}
