package dev.mayfly.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** Texts and shortcuts that several tests share. */
final class Samples {
    private Samples() {}

    static String resource(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/" + name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(name, broken);
        }
    }

    /** The smallest app with one function, and {@code more} after it. */
    static String hello(String more) {
        return """
        manifest_version = 1
        [app]
        name = "hello"
        [[trigger.http]]
        route = "/..."
        function = "hello"
        [function.hello]
        source = "hello.wasm"
        """
                + more;
    }

    static Manifest valid(String toml) {
        return valid(Manifests.parse(toml));
    }

    static FunctionSpec function(Manifest manifest, String name) {
        return Objects.requireNonNull(manifest.functions().get(name), name);
    }

    static <T> T valid(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Valid<T>(T value) -> value;
            case Parsed.Invalid<T>(List<Problem> problems) ->
                    throw new AssertionError("not valid: " + lines(problems));
        };
    }

    static List<Problem> problems(String toml) {
        return problems(Manifests.parse(toml));
    }

    static List<Problem> problems(Parsed<?> parsed) {
        return parsed instanceof Parsed.Invalid<?>(List<Problem> problems) ? problems : List.of();
    }

    static List<String> lines(List<Problem> problems) {
        return problems.stream().map(problem -> problem.at("app.toml")).toList();
    }
}
