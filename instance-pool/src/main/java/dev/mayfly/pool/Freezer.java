package dev.mayfly.pool;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Interner;
import dev.mayfly.pool.ArtifactFile.DamagedException;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps frozen functions on the disk and brings them back without running any guest code.
 *
 * <pre>
 *   digest-runtime.module     classes, stripped module           one for all functions of a module
 *   state.image               memory, globals, tables, where     one for all functions that
 *                             to call into it                    were frozen to the same
 * </pre>
 *
 * What is in use is not read twice: states are shared by identity, as compiled modules are.
 */
final class Freezer {
    private final ArtifactStore store;
    private final ModuleLibrary library;

    /** Held by the snapshots of the functions that use them, and by nobody else. */
    private final Cache<FrozenKey, FrozenState> states = Caffeine.newBuilder().weakValues().build();

    private final Interner<FrozenKey> keys = Interner.newWeakInterner();

    Freezer(ArtifactStore store, ModuleLibrary library) {
        this.store = store;
        this.library = library;
    }

    /**
     * Names and keeps what was frozen; where that fails, goes on without.
     *
     * @param guestCode whether guest code ran before the freeze
     */
    FrozenFunction keep(FrozenFunction unnamed, LoadRequest request, boolean guestCode) {
        Snapshot made = unnamed.snapshot();
        Map<String, byte[]> parts = ImageCodec.parts(unnamed);
        String digest = made.module().digest();
        FrozenKey key = keys.intern(FrozenKey.of(digest, request, guestCode, parts));
        FrozenState state = states.get(key, _ -> made.state());
        keep(key, parts);
        return unnamed.named(key, new Snapshot(made.module(), made.limits(), made.parts(), state));
    }

    private boolean keep(FrozenKey key, Map<String, byte[]> parts) {
        return store.has(key.stateFile()) || store.keep(key.stateFile(), parts);
    }

    /**
     * Whether {@link #thaw} will find {@code frozen}; puts on the disk what could not be before.
     */
    boolean keeps(FrozenFunction frozen) {
        return library.keeps(frozen.snapshot().module())
                && (store.has(frozen.key().stateFile())
                        || keep(frozen.key(), ImageCodec.parts(frozen)));
    }

    /**
     * The function {@code key} for a sandbox of {@code limits}; empty when it is not there whole.
     */
    Optional<FrozenFunction> thaw(FrozenKey key, SandboxLimits limits) {
        return library.woken(key.module())
                .flatMap(module ->
                        store.read(
                                key.stateFile(),
                                file -> thawed(key, limits, module.compiled(), file)));
    }

    private FrozenFunction thawed(
            FrozenKey key, SandboxLimits limits, CompiledModule module, ArtifactFile file)
            throws IOException, DamagedException {
        FrozenState state = state(key, module, file);
        Snapshot snapshot = new Snapshot(module, limits, SandboxParts.STANDARD, state);
        FrozenFunction function = ImageCodec.function(file, snapshot, key);
        file.close();
        return function;
    }

    private FrozenState state(FrozenKey key, CompiledModule module, ArtifactFile file)
            throws IOException, DamagedException {
        @Nullable FrozenState used = states.getIfPresent(key);
        if (used != null) {
            return used;
        }
        FrozenState read = ImageCodec.state(file, module);
        @Nullable FrozenState first = states.asMap().putIfAbsent(key, read);
        return first != null ? first : read;
    }

    /** Keeps the module {@code digest} from being evicted while it is loaded. */
    ArtifactStore.Hold hold(String digest) {
        return store.hold(FrozenKey.moduleFile(digest));
    }
}
