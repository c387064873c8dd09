package dev.mayfly.pool;

import com.dylibso.chicory.wasm.WasmModule;
import java.util.Optional;

/**
 * A module that is well-formed and valid; whether it can be run here is another question.
 *
 * @param bytes the binary
 * @param digest sha-256 of the binary, hex
 * @param module as parsed; without bodies when its classes are known
 * @param exports its functions by name
 * @param outline as read
 * @param known its classes, if they are in use or on the disk
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ReadModule(
        byte[] bytes,
        String digest,
        WasmModule module,
        ModuleExports exports,
        ModuleOutline outline,
        Optional<SharedModule> known) {}
