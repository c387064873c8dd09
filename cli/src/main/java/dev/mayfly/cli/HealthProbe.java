package dev.mayfly.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
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
        URI health = health(environment);
        try {
            HttpURLConnection call = (HttpURLConnection) health.toURL().openConnection();
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
            out.println("nothing answers at " + health + ": " + e.getMessage());
            return Exit.UNREACHABLE;
        }
    }

    /**
     * Where admins need TLS, its certificate is not for this address, and callers may need one as
     * well. Then the port for functions is asked, which is as ready.
     */
    private static URI health(Map<String, String> environment) {
        ServerAddress admin = ServerAddress.ofThisMachine(environment);
        if (!admin.isSecure()) {
            return admin.resolve("/health/ready");
        }
        String listen = environment.getOrDefault("MAYFLY_LISTEN", "127.0.0.1:3000");
        return ServerAddress.ofThisMachine(Map.of("MAYFLY_ADMIN_LISTEN", listen))
                .resolve("/.well-known/mayfly/health");
    }
}
