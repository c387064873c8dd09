package dev.mayfly.pool;

import com.dylibso.chicory.wasm.WasmModule;

/**
 * A module that is well-formed and valid; whether it can be run here is another question.
 *
 * @param digest sha-256 of the binary, hex
 * @param module as parsed
 * @param exports its functions by name
 * @param outline as read
 */
record ReadModule(String digest, WasmModule module, ModuleExports exports, ModuleOutline outline) {}
