package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * A module and its classes, shared by all its sandboxes.
 *
 * <p>The start function is taken out of {@code module} before it is compiled: the runtime would
 * call it whenever an instance is filled in, for copies of a snapshot too.
 *
 * @param module without a start section; for copies of a snapshot also without code and data
 * @param startFunction the function its start section named; for copies of a snapshot only if each
 *     run calls it ({@link #startsInEachRun})
 * @param machineFactory makes what runs the functions
 * @param digest sha-256 of the binary, hex
 * @param interpreted whether any function runs in the interpreter, whose stack no reset can clear
 * @param keepsReferences whether it uses exception references or garbage-collected objects, whose
 *     stores no reset can clear
 * @param bytes of the classes and of the stripped binary
 */
record CompiledModule(
        WasmModule module,
        OptionalInt startFunction,
        Function<Instance, Machine> machineFactory,
        String digest,
        boolean interpreted,
        boolean keepsReferences,
        long bytes) {
    /**
     * Whether the start function belongs to the run: what it makes, objects and exceptions, is in
     * stores that no snapshot can hold.
     */
    boolean startsInEachRun() {
        return keepsReferences && startFunction.isPresent();
    }

    /**
     * The same code with {@code whole}'s data, of which an instance can be made from nothing. What
     * is interpreted of it can be ended, as that of copies ({@link Checkpoints}).
     */
    CompiledModule whole(WasmModule whole) {
        return new CompiledModule(
                ModuleParts.withoutStart(whole, module.codeSection()),
                ModuleParts.startFunction(whole),
                machineFactory,
                digest,
                interpreted,
                keepsReferences,
                bytes);
    }

    /** The index of the exported function {@code name}. */
    OptionalInt function(String name) {
        var exports = module.exportSection();
        for (int i = 0; i < exports.exportCount(); i++) {
            Export export = exports.getExport(i);
            if (export.exportType() == ExternalType.FUNCTION && export.name().equals(name)) {
                return OptionalInt.of(export.index());
            }
        }
        return OptionalInt.empty();
    }
}
