package dev.mayfly.contract;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The app that most contract tests talk to: the same routes for each echo guest, told apart by
 * host, {@code echo-c.test} and so on. One server serves all tests of the JVM.
 */
final class EchoApp {
    private static final String[] OPEN_ROUTES = {
        "/...",
        "/exact",
        "/p/...",
        "/users/:id/...",
        "/lit/a",
        "/lit/:x",
        "/lit/...",
        "/doc/:file-name"
    };

    // A page of TOML inside a method would hide the method.
    @SuppressWarnings("InlineFormatString")
    private static final String VARIANTS =
            """
            [[trigger.http]]
            route = "/get-only"
            hosts = ["%1$s.test"]
            methods = ["GET"]
            function = "%1$s"

            [[trigger.http]]
            route = "/with-options"
            hosts = ["%1$s.test"]
            methods = ["OPTIONS", "PUT"]
            function = "%1$s"

            [[trigger.http]]
            route = "/private"
            hosts = ["%1$s.test"]
            private = true
            function = "%1$s"

            [[trigger.http]]
            route = "/wild"
            hosts = ["*.%1$s.test", "*.deep.%1$s.test"]
            function = "%1$s"

            [[trigger.http]]
            route = "/tight"
            hosts = ["%1$s.test"]
            function = "%1$s-tight"

            [[trigger.http]]
            route = "/thrifty"
            hosts = ["%1$s.test"]
            function = "%1$s-thrifty"

            [[trigger.http]]
            route = "/stream"
            hosts = ["%1$s.test"]
            function = "%1$s-stream"

            [[trigger.http]]
            route = "/words"
            hosts = ["%1$s.test"]
            function = "%1$s-words"

            [[trigger.http]]
            route = "/one"
            hosts = ["%1$s.test"]
            function = "%1$s-one"

            [function.%1$s]
            source = "%1$s.wasm"
            environment = { GREETING = "{{ greeting }} you" }

            [function.%1$s-tight]
            source = "%1$s.wasm"
            limits = { memory = "8MiB", timeout = "700ms", response_body = "64KiB", request_body = "1KiB", log_bytes = "1KiB" }

            [function.%1$s-thrifty]
            source = "%1$s.wasm"
            limits = { cpu = "200ms" }

            [function.%1$s-stream]
            source = "%1$s.wasm"
            request_body_mode = "stream"

            [function.%1$s-words]
            source = "%1$s.wasm"
            argv = 'first "${SCRIPT_NAME} quoted"  ${ARGS} last'

            [function.%1$s-one]
            source = "%1$s.wasm"
            limits = { concurrency = 1, queue = 1, queue_timeout = "300ms" }
            """;

    private static final String METHODS =
            """
            [[trigger.http]]
            route = "/only"
            hosts = ["methods.test"]
            methods = ["GET", "PUT"]
            function = "echo-c"

            """;

    private static final Server SERVER = Server.start(folder(), Map.of());

    private EchoApp() {}

    static Server server() {
        return SERVER;
    }

    /** GET on the host of {@code guest}. */
    static Reply get(String guest, String target, String... lines) {
        return ask(Wire.request("GET", target, guest + ".test", lines));
    }

    static Reply post(String guest, String target, byte[] body, String... lines) {
        return ask(Wire.request("POST", target, guest + ".test", body, lines));
    }

    static Reply ask(String request) {
        return Wire.ask(SERVER.port(), request);
    }

    private static Path folder() {
        StringBuilder app =
                new StringBuilder(
                        """
                        manifest_version = 1

                        [app]
                        name = "contract"

                        [variables]
                        greeting = { default = "hello" }

                        [[trigger.http]]
                        route = "/anywhere"
                        function = "echo-c"

                        """);
        app.append(METHODS);
        for (String guest : Guests.echoes()) {
            for (String route : OPEN_ROUTES) {
                app.append(
                        "[[trigger.http]]\nroute = \"%s\"\nhosts = [\"%s.test\"]\nfunction = \"%s\"\n\n"
                                .formatted(route, guest, guest));
            }
            app.append(VARIANTS.formatted(guest)).append('\n');
        }
        return written(app.toString(), Guests.echoes().toArray(String[]::new));
    }

    /** A new folder with this app.toml and these guests. */
    static Path written(String manifest, String... guests) {
        try {
            Path folder = Files.createTempDirectory("mayfly-contract");
            Files.writeString(folder.resolve("app.toml"), manifest);
            for (String guest : guests) {
                Files.write(folder.resolve(guest + ".wasm"), Guests.module(guest));
            }
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An app with one function on every route. */
    static String oneFunction(String guest, String more) {
        return """
        manifest_version = 1

        [app]
        name = "one"

        [[trigger.http]]
        route = "/..."
        function = "it"

        [function.it]
        source = "%s.wasm"
        %s
        """
                .formatted(guest, more);
    }
}
