package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.gateway.ServerSettings.Address;
import dev.mayfly.guests.Guests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.server.Server;
import dev.mayfly.server.ServerStart;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A server in this process, with a database of its own, and the commands that talk to it. */
final class RunningServer implements AutoCloseable {
    private final Path folder;
    private final Server server;
    private final Address listen;
    private final Address admin;

    private RunningServer(Path folder, Server server, Address listen, Address admin) {
        this.folder = folder;
        this.server = server;
        this.listen = listen;
        this.admin = admin;
    }

    static RunningServer start(Path folder) {
        return start(folder, Map.of());
    }

    /** With more settings, by key. */
    static RunningServer start(Path folder, Map<String, String> more) {
        Map<String, String> flags = new HashMap<>(more);
        flags.putAll(
                Map.of(
                        "listen",
                        "127.0.0.1:0",
                        "admin_listen",
                        "127.0.0.1:0",
                        "access_log",
                        "false",
                        "cache.folder",
                        folder.resolve("cache").toString(),
                        "spool.folder",
                        folder.resolve("spool").toString(),
                        "data.folder",
                        folder.resolve("data").toString()));
        Parsed<ServerSettings> settings = ServerSettings.read(Optional.empty(), Map.of(), flags);
        assertThat(settings).isInstanceOf(Parsed.Valid.class);
        return switch (Server.start(((Parsed.Valid<ServerSettings>) settings).value())) {
            case ServerStart.Running(Server server, Address listen, Address admin) ->
                    new RunningServer(folder, server, listen, admin);
            case ServerStart.Refused(String reason, String mend) ->
                    throw new AssertionError(reason + "; " + mend);
        };
    }

    /** Writes an app of one function, in a folder of its own. */
    Path app(String name, String route, String more) throws IOException {
        Path app = Files.createDirectories(folder.resolve("apps").resolve(name));
        Files.writeString(
                app.resolve("app.toml"),
                """
                manifest_version = 1
                app = { name = "%1$s" }
                [variables]
                greeting = { default = "hello" }
                api_key = { default = "none", secret = true }
                [[trigger.http]]
                route = "%2$s"
                function = "echo"
                %3$s
                [function.echo]
                source = "echo.wasm"
                environment = { GREETING = "{{ greeting }}", KEY = "{{ api_key }}" }
                """
                        .formatted(name, route, more));
        Files.write(app.resolve("echo.wasm"), Guests.module("echo-c"));
        return app;
    }

    Typed mayfly(String... arguments) throws IOException {
        return mayfly(Piped.NOTHING, arguments);
    }

    /** Typed by the administrator. */
    Typed mayfly(Keyboard keyboard, String... arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(stranger());
        environment.put("MAYFLY_TOKEN", Files.readString(tokenFile()).strip());
        return Typed.in(folder, environment, false, keyboard, arguments);
    }

    /** A command of the administrator that goes on until it is closed. */
    Following follow(String... arguments) throws IOException {
        Map<String, String> environment = new HashMap<>(stranger());
        environment.put("MAYFLY_TOKEN", Files.readString(tokenFile()).strip());
        return Following.start(folder, environment, arguments);
    }

    Typed as(String token, String... arguments) {
        Map<String, String> environment = new HashMap<>(stranger());
        environment.put("MAYFLY_TOKEN", token);
        return Typed.in(folder, environment, false, arguments);
    }

    /** What the command printed as JSON, after it succeeded. */
    JsonNode json(String... arguments) throws IOException {
        String[] all = Arrays.copyOf(arguments, arguments.length + 2);
        all[arguments.length] = "--output";
        all[arguments.length + 1] = "json";
        Typed typed = mayfly(all);
        assertThat(typed.exit()).as(typed.err()).isZero();
        return Wire.read(typed.out().getBytes(StandardCharsets.UTF_8));
    }

    HttpResponse<String> get(String target) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create("http://" + listen + target)).build();
            return client.send(request, BodyHandlers.ofString());
        }
    }

    Path tokenFile() {
        return folder.resolve("data/admin.token");
    }

    Address admin() {
        return admin;
    }

    Address listen() {
        return listen;
    }

    /** Somebody who knows where the server is. */
    Map<String, String> stranger() {
        return Map.of(
                "MAYFLY_SERVER", "http://" + admin,
                "MAYFLY_DATA_FOLDER", folder.resolve("nobody").toString(),
                "XDG_CONFIG_HOME", folder.resolve("config").toString());
    }

    @Override
    public void close() {
        server.close();
    }
}
