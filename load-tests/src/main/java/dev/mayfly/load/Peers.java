package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The servers that {@code peers} compares, this one among them. */
final class Peers {
    /** Where the shared library of wasmtime's C API is. */
    static final String WASMTIME = "WASMTIME_LIBRARY";

    private Peers() {}

    static List<Peer> all(Checkout checkout) {
        return List.of(
                new Mayfly(checkout),
                new Lighttpd(checkout),
                new Node(),
                new Workerd(),
                new Wasmtime());
    }

    /** Writes a file of {@code resources/peers}, its placeholders filled in. */
    private static Path write(Path folder, String name, int port) throws IOException {
        try (InputStream in = Peers.class.getResourceAsStream("/peers/" + name)) {
            if (in == null) {
                throw new IOException("resource peers/" + name + " is missing");
            }
            String text = new String(in.readAllBytes(), UTF_8);
            String filled =
                    text.replace("@PORT@", String.valueOf(port))
                            .replace("@FOLDER@", folder.toString());
            return Files.writeString(folder.resolve(name), filled);
        }
    }

    private static Path hello(Path folder) throws IOException {
        return Files.write(folder.resolve("hello.wasm"), Guests.module("hello-c"));
    }

    private static Optional<String> without(String program, String how) {
        return Peer.program(program).isPresent()
                ? Optional.empty()
                : Optional.of("no " + program + " on the path (" + how + ")");
    }

    private record Mayfly(Checkout checkout) implements Peer {
        @Override
        public String name() {
            return "mayfly";
        }

        @Override
        public Optional<String> missing() {
            return Optional.empty();
        }

        @Override
        public Server start(Path folder) throws IOException, InterruptedException {
            checkout.build();
            int port = Server.freePort();
            List<String> command =
                    List.of(
                            checkout.launcher().toString(),
                            "up",
                            hello(folder).toString(),
                            "--listen",
                            "127.0.0.1:" + port,
                            "--no-access-log");
            return Server.start(command, Map.of("MAYFLY_EVENT_LOOPS", "1"), port, path());
        }
    }

    /** The guest's own source, built for this machine: a process for each request. */
    private record Lighttpd(Checkout checkout) implements Peer {
        @Override
        public String name() {
            return "lighttpd_cgi";
        }

        @Override
        public Optional<String> missing() {
            return without("lighttpd", "apt-get install lighttpd")
                    .or(() -> without("cc", "apt-get install gcc"));
        }

        @Override
        public String path() {
            return "/hello.cgi";
        }

        @Override
        public Server start(Path folder) throws IOException, InterruptedException {
            Path source = checkout.root().resolve("guests/src/guests/hello-c/guest.c");
            String program = folder.resolve("hello.cgi").toString();
            Checkout.run(List.of("cc", "-O2", "-o", program, source.toString()));
            int port = Server.freePort();
            String configuration = write(folder, "lighttpd.conf", port).toString();
            String lighttpd = Peer.program("lighttpd").orElseThrow().toString();
            return Server.start(
                    List.of(lighttpd, "-D", "-f", configuration), Map.of(), port, path());
        }
    }

    private record Node() implements Peer {
        @Override
        public String name() {
            return "node_wasi";
        }

        @Override
        public Optional<String> missing() {
            return without("node", "apt-get install nodejs");
        }

        @Override
        public Server start(Path folder) throws IOException, InterruptedException {
            int port = Server.freePort();
            List<String> command =
                    List.of(
                            "node",
                            "--no-warnings",
                            write(folder, "node-wasi.mjs", port).toString(),
                            String.valueOf(port),
                            hello(folder).toString(),
                            folder.toString());
            return Server.start(command, Map.of(), port, path());
        }
    }

    private record Workerd() implements Peer {
        @Override
        public String name() {
            return "workerd";
        }

        @Override
        public Optional<String> missing() {
            return without("workerd", "npm install -g workerd");
        }

        @Override
        public Server start(Path folder) throws IOException, InterruptedException {
            int port = Server.freePort();
            hello(folder);
            write(folder, "workerd.js", port);
            String configuration = write(folder, "workerd.capnp", port).toString();
            return Server.start(List.of("workerd", "serve", configuration), Map.of(), port, path());
        }
    }

    /** Through its C API, behind the raw handler that {@code http} measures against. */
    private record Wasmtime() implements Peer {
        @Override
        public String name() {
            return "wasmtime";
        }

        @Override
        public Optional<String> missing() {
            String library = System.getenv().getOrDefault(WASMTIME, "");
            if (library.isEmpty()) {
                return Optional.of("no " + WASMTIME + " (the path of wasmtime's libwasmtime.so)");
            }
            return Files.isReadable(Path.of(library))
                    ? Optional.empty()
                    : Optional.of(WASMTIME + ": " + library + " (expected: a file)");
        }

        @Override
        public Server start(Path folder) throws IOException, InterruptedException {
            int port = Server.freePort();
            List<String> command =
                    Jvm.command(
                            WasmtimeServer.class,
                            "-XX:MaxRAMPercentage=25",
                            String.valueOf(port),
                            System.getenv().getOrDefault(WASMTIME, ""),
                            hello(folder).toString());
            return Server.start(command, Map.of(), port, path());
        }
    }
}
