package dev.mayfly.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One app.toml, parsed and valid by itself.
 *
 * @param app who it is
 * @param variables by name, in file order
 * @param http its HTTP triggers, in file order
 * @param kafka its Kafka triggers, in file order
 * @param functions by name, in file order
 * @param places where its keys are written
 */
public record Manifest(
        App app,
        Map<String, Variable> variables,
        List<HttpRoute> http,
        List<KafkaTrigger> kafka,
        Map<String, FunctionSpec> functions,
        Places places) {
    /** Copies the collections in, order kept. */
    public Manifest {
        variables = Ordered.copy(variables);
        http = List.copyOf(http);
        kafka = List.copyOf(kafka);
        functions = Ordered.copy(functions);
    }

    /**
     * An app that was never a file.
     *
     * @param app who it is
     * @param variables by name
     * @param http its HTTP triggers
     * @param kafka its Kafka triggers
     * @param functions by name
     */
    public Manifest(
            App app,
            Map<String, Variable> variables,
            List<HttpRoute> http,
            List<KafkaTrigger> kafka,
            Map<String, FunctionSpec> functions) {
        this(app, variables, http, kafka, functions, Places.NONE);
    }

    Manifest withFunctions(UnaryOperator<FunctionSpec> change) {
        Map<String, FunctionSpec> changed = new LinkedHashMap<>();
        functions.forEach((name, spec) -> changed.put(name, change.apply(spec)));
        return new Manifest(app, variables, http, kafka, changed, places);
    }

    Manifest at(Places written) {
        return new Manifest(app, variables, http, kafka, functions, written);
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
