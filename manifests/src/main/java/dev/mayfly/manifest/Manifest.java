package dev.mayfly.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One app.toml, parsed and valid by itself.
 *
 * @param app who it is
 * @param variables by name, in file order
 * @param http its HTTP triggers, in file order
 * @param kafka its Kafka triggers, in file order
 * @param functions by name, in file order
 */
public record Manifest(
        App app,
        Map<String, Variable> variables,
        List<HttpRoute> http,
        List<KafkaTrigger> kafka,
        Map<String, FunctionSpec> functions) {
    /** Copies the collections in, order kept. */
    public Manifest {
        variables = Ordered.copy(variables);
        http = List.copyOf(http);
        kafka = List.copyOf(kafka);
        functions = Ordered.copy(functions);
    }

    /**
     * The {@code [app]} table.
     *
     * @param name {@code [a-z0-9][a-z0-9-]{0,62}}
     * @param version shown, never compared
     * @param description shown
     */
    public record App(String name, Optional<String> version, Optional<String> description) {}

    /**
     * A declared variable.
     *
     * @param fallback its default; required when empty
     * @param secret never shown
     */
    public record Variable(Optional<String> fallback, boolean secret) {}
}
