package dev.mayfly.pool;

import java.util.List;
import java.util.Optional;

/**
 * Where one function is brought back from: this machine's disk, and when it is no longer there, the
 * module's bytes. This is all that a cold function keeps of itself.
 */
final class Depot implements Waking {
    private final Loader loader;
    private final LoadRequest request;
    private final SandboxLimits limits;

    /** Of the last load; written by the one who wakes the function. */
    private volatile FrozenKey key;

    /** For what {@code request} was loaded to. */
    Depot(Loader loader, LoadRequest request, FrozenFunction loaded) {
        this.loader = loader;
        this.request = request;
        limits = loaded.snapshot().limits();
        key = loaded.key();
    }

    @Override
    public Loading wake() {
        Optional<FrozenFunction> thawed = loader.thaw(key, limits);
        return thawed.isPresent() ? new Loading.Ready(thawed.get(), List.of()) : reload();
    }

    private Loading reload() {
        return switch (loader.load(request)) {
            case Loading.Refused refused -> refused;
            case Loading.Ready ready -> recognised(ready);
        };
    }

    /** The routes and the checks were made for one module: another is a deploy, not a wake-up. */
    private Loading recognised(Loading.Ready ready) {
        FrozenKey found = ready.function().key();
        if (!found.module().equals(key.module())) {
            return new Loading.Refused(
                    List.of(
                            "the module's digest is "
                                    + found.module()
                                    + " (expected: "
                                    + key.module()
                                    + ", as deployed); deploy the app again"));
        }
        key = found;
        return ready;
    }

    @Override
    public boolean keeps(FrozenFunction function) {
        return loader.keeps(function);
    }
}
