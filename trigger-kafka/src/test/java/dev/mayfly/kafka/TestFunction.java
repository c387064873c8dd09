package dev.mayfly.kafka;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import java.util.Objects;

/** A function as an app.toml declares it. */
final class TestFunction {
    private TestFunction() {}

    static FunctionSpec of(String keys) {
        String toml =
                """
                manifest_version = 1
                [app]
                name = "shop"
                [[trigger.kafka]]
                topics = ["orders"]
                function = "f"
                [function.f]
                source = "f.wasm"
                """
                        + keys;
        return switch (Manifests.parse(toml)) {
            case Parsed.Valid<Manifest>(Manifest manifest) ->
                    Objects.requireNonNull(manifest.functions().get("f"));
            case Parsed.Invalid<Manifest> invalid -> throw new AssertionError(invalid.problems());
        };
    }
}
