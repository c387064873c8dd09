package dev.mayfly.pool;

import dev.mayfly.manifest.FunctionSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Everything a load needs.
 *
 * @param id the function's name
 * @param spec the function as its app.toml declares it, variables resolved
 * @param module the module's bytes
 * @param folder the folder that relative mounts are under
 * @param warmups made-up requests to run before the freeze, in order; reactor and Wizer forms only
 * @param probe makes a harmless request (GET / without body) for the frozen-environment check
 */
// The bytes are read, never written; a copy of a 26 MB module buys nothing.
@SuppressWarnings("ArrayRecordComponent")
public record LoadRequest(
        FunctionId id,
        FunctionSpec spec,
        byte[] module,
        Path folder,
        List<Rehearsal> warmups,
        Supplier<Rehearsal> probe) {
    /** Copies the list in. */
    public LoadRequest {
        warmups = List.copyOf(warmups);
    }
}
