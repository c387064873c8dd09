package dev.mayfly.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A gateway in a process of its own that does what it is told, a line each, and answers a line. */
final class FormerGateway {
    private FormerGateway() {}

    public static void main(String[] arguments) throws IOException {
        DatabaseSettings database = new DatabaseSettings.Server(arguments[0]);
        RegistrySettings settings = RegistrySettings.defaults(database, Path.of(arguments[1]));
        try (Registry registry = Registry.open(settings);
                var in =
                        new BufferedReader(
                                new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println(
                    Registry.class.getProtectionDomain().getCodeSource().getLocation().getPath());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer(registry, line.split(" ")));
            }
        }
    }

    private static Object answer(Registry registry, String[] order) {
        return switch (order[0]) {
            case "live" -> registry.apps().live("shop").orElseThrow().state().live();
            case "deploy" -> registry.apps().commit(Sample.changed("shop", order[1]), Sample.ALICE);
            case "delete" -> registry.apps().delete(order[1], Sample.ALICE);
            case "secrets" -> registry.variables().forRun("shop");
            case "sweep" -> registry.sweep();
            default -> throw new IllegalArgumentException(order[0]);
        };
    }
}
