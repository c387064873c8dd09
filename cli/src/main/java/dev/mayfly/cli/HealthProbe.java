package dev.mayfly.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/**
 * What the image's health check runs every few seconds: {@code mayfly health} for the server of
 * this machine, with the answer as it came. It takes a tenth of that command's processor time,
 * because it loads neither the tree of commands nor the client of the admin API.
 */
final class HealthProbe {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private HealthProbe() {}

    static void main() {
        System.exit(ask(System.getenv(), System.out).code());
    }

    static Exit ask(Map<String, String> environment, PrintStream out) {
        ServerAddress server = ServerAddress.ofThisMachine(environment);
        try {
            HttpURLConnection call =
                    (HttpURLConnection) server.resolve("/health/ready").toURL().openConnection();
            call.setConnectTimeout((int) PATIENCE.toMillis());
            call.setReadTimeout((int) PATIENCE.toMillis());
            boolean ready = call.getResponseCode() == HttpURLConnection.HTTP_OK;
            try (InputStream body = ready ? call.getInputStream() : call.getErrorStream()) {
                if (body != null) {
                    out.print(new String(body.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
            return ready ? Exit.OK : Exit.FAILURE;
        } catch (IOException e) {
            out.println("nothing answers at " + server + ": " + e.getMessage());
            return Exit.UNREACHABLE;
        }
    }
}
