package dev.mayfly.pool;

import dev.mayfly.pool.ModuleReport.Interpreted;
import java.util.List;

/**
 * A compiled module as every function with the same binary uses it.
 *
 * @param compiled the module and its classes
 * @param interpreted the functions that are not compiled
 */
record SharedModule(CompiledModule compiled, List<Interpreted> interpreted) {}
