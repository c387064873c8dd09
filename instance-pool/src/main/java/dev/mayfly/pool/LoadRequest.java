package dev.mayfly.pool;

import dev.mayfly.manifest.FunctionSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Everything a load needs. The function keeps it for as long as it is open, since it may have to be
 * loaded again: so it holds no bytes, and makes its requests anew each time.
 *
 * @param id the function's name
 * @param spec the function as its app.toml declares it, variables resolved
 * @param source where the module's bytes are
 * @param folder the folder that relative mounts are under
 * @param warmups makes requests to run before the freeze, in order; reactor and Wizer forms only
 * @param probe makes a harmless request (GET / without body) for the frozen-environment check
 * @param sample makes one that is nobody's, without variables of any app: what it reaches is kept
 *     for all functions of the module
 */
public record LoadRequest(
        FunctionId id,
        FunctionSpec spec,
        ArtifactSource source,
        Path folder,
        Supplier<List<Rehearsal>> warmups,
        Supplier<Rehearsal> probe,
        Supplier<? extends Invocation> sample) {}
