package dev.mayfly.pool;

import dev.mayfly.manifest.ArgvTemplate;
import dev.mayfly.manifest.FunctionSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Functions as app.toml would declare them. */
final class Specs {
    private Specs() {}

    static FunctionSpec of(FunctionSpec.Limits limits, FunctionSpec.Pool pool) {
        return of(limits, pool, List.of());
    }

    static FunctionSpec of(
            FunctionSpec.Limits limits, FunctionSpec.Pool pool, List<FunctionSpec.Mount> mounts) {
        return new FunctionSpec(
                "tested",
                new FunctionSpec.Source.File("tested.wasm"),
                Optional.empty(),
                ArgvTemplate.DEFAULT,
                Map.of(),
                mounts,
                new FunctionSpec.Access(List.of(), List.of(), FunctionSpec.Activations.NONE),
                FunctionSpec.BodyMode.BUFFER,
                limits,
                pool,
                FunctionSpec.Snapshot.DEFAULT,
                List.of(),
                Optional.empty());
    }
}
