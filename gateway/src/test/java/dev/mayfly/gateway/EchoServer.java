package dev.mayfly.gateway;

import dev.mayfly.guests.Guests;
import java.nio.file.Path;

/**
 * Every echo guest behind a real port. Of each guest {@code g}: {@code /g/...}, {@code /g-exact},
 * {@code /g-user/:user-id/...} and {@code /g-stream/...}, whose bodies are streamed.
 */
final class EchoServer implements AutoCloseable {
    final Gateway gateway;
    final int port;

    EchoServer(Path folder) {
        gateway = Gateway.open(PlayedServer.settings(folder, "body_timeout", "2s"));
        AppFolder files = new AppFolder(folder.resolve("app"));
        StringBuilder toml = new StringBuilder();
        for (String guest : Guests.echoes()) {
            files.with(guest);
            toml.append(routes(guest));
        }
        DeployResult result = gateway.deploy(files.app(toml.toString()));
        if (!(result instanceof DeployResult.Deployed)) {
            throw new IllegalStateException(result.toString());
        }
        port = ((Binding.Bound) gateway.listen()).address().port();
    }

    private static String routes(String guest) {
        String limits =
                "limits = { timeout = \"1s\", memory = \"8MiB\", request_body = \"1MiB\","
                        + " response_body = \"1MiB\" }\n";
        return AppFolder.function(
                        "/" + guest + "/...", guest, "environment = { GREETING = \"hi\" }")
                + limits
                + route("/" + guest + "-exact", guest)
                + route("/" + guest + "-user/:user-id/...", guest)
                + route("/" + guest + "-stream/...", guest + "-stream")
                + ("[function." + guest + "-stream]\nsource = \"" + guest + ".wasm\"\n")
                + "request_body_mode = \"stream\"\n";
    }

    private static String route(String route, String function) {
        return "[[trigger.http]]\nroute = \"" + route + "\"\nfunction = \"" + function + "\"\n";
    }

    RawClient connect() {
        return new RawClient(port);
    }

    /** GET of a target, with more header lines. */
    Answer get(String target, String... lines) {
        return send(
                "GET " + target + " HTTP/1.1\r\nHost: localhost:99\r\n" + joined(lines) + "\r\n");
    }

    Answer post(String target, String body, String... lines) {
        return send(
                "POST "
                        + target
                        + " HTTP/1.1\r\nHost: localhost:99\r\nContent-Length: "
                        + body.length()
                        + "\r\n"
                        + joined(lines)
                        + "\r\n"
                        + body);
    }

    private static String joined(String... lines) {
        return String.join("\r\n", lines) + (lines.length == 0 ? "" : "\r\n");
    }

    /** Sends a request; closes after its answer. */
    Answer send(String request) {
        try (RawClient client = connect()) {
            String closing = request.replaceFirst("\r\n", "\r\nConnection: close, x-hop\r\n");
            return Answer.of(client.send(closing).readAll());
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
