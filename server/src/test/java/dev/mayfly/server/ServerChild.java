package dev.mayfly.server;

import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.manifest.Parsed;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A server in a process of its own; its arguments are settings, {@code key=value}. */
final class ServerChild {
    private ServerChild() {}

    public static void main(String[] arguments) {
        Map<String, String> flags = new HashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            flags.put(argument.substring(0, equals), argument.substring(equals + 1));
        }
        switch (Server.start(settings(flags))) {
            case ServerStart.Running running -> {
                running.server().takeSignals();
                Thread.ofVirtual().start(() -> tellMetrics(running.server()));
                System.out.println("READY " + running.listen() + " " + running.admin());
                running.server().runUntilSignal();
            }
            case ServerStart.Refused(String reason, String mend) ->
                    System.out.println("REFUSED " + reason + "; " + mend);
        }
    }

    /** For each line it is sent. */
    private static void tellMetrics(Server server) {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        lines.lines().forEach(_ -> System.out.println(server.gateway().metrics()));
    }

    private static ServerSettings settings(Map<String, String> flags) {
        return switch (ServerSettings.read(Optional.empty(), Map.of(), flags)) {
            case Parsed.Valid<ServerSettings>(ServerSettings settings) -> settings;
            case Parsed.Invalid<ServerSettings> invalid ->
                    throw new IllegalArgumentException(invalid.problems().toString());
        };
    }
}
