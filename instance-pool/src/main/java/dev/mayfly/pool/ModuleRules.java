package dev.mayfly.pool;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Memory;
import dev.mayfly.pool.ModuleReport.Section;

/** What a valid module must be for a sandbox to run it. Finds everything at once. */
final class ModuleRules {
    static final String THREADS =
            "the module uses threads, which functions do not have; build it without -pthread: ";

    /** A table entry takes eight bytes in every sandbox. */
    private static final long MOST_TABLE_ENTRIES = 1_000_000;

    private ModuleRules() {}

    /** {@code objects}: whether it may make garbage-collected objects. */
    static void check(ReadModule read, int memoryPages, boolean objects, Findings findings) {
        ImportRules.check(read.module(), findings);
        memory(read.module(), memoryPages, findings);
        tables(read.module(), findings);
        if (read.outline().atomics()) {
            findings.problem(THREADS + "it has atomic instructions");
        }
        if (read.outline().objects() && !objects) {
            findings.problem(
                    "the module makes garbage-collected objects, which are on the server's own heap"
                            + " where no limits.memory bounds them; build it in a language that"
                            + " keeps to linear memory, or have the server's owner trust whoever"
                            + " deploys: runtime.gc_objects = true");
        }
        debugSections(read.outline(), findings);
    }

    private static void memory(WasmModule module, int limit, Findings findings) {
        int count = module.memorySection().map(section -> section.memoryCount()).orElse(0);
        if (count > 1) {
            findings.problem("the module has " + count + " memories (expected: at most 1)");
        }
        for (int i = 0; i < count; i++) {
            Memory memory = module.memorySection().orElseThrow().getMemory(i);
            if (memory.limits().shared()) {
                findings.problem(THREADS + "its memory is shared");
            }
            if (memory.limits().initialPages() > limit) {
                findings.problem(
                        "the module's memory begins with "
                                + kibibytes(memory.limits().initialPages())
                                + " (limits.memory: "
                                + kibibytes(limit)
                                + "); raise limits.memory, or link it with a smaller stack"
                                + " (-z stack-size) or less static data");
            }
        }
    }

    private static String kibibytes(int pages) {
        return pages % 16 == 0 ? pages / 16 + "MiB" : pages * 64 + "KiB";
    }

    private static void tables(WasmModule module, Findings findings) {
        long entries = 0;
        for (int i = 0; i < module.tableSection().tableCount(); i++) {
            entries += module.tableSection().getTable(i).limits().min();
        }
        if (entries > MOST_TABLE_ENTRIES) {
            findings.problem(
                    "the module's tables begin with "
                            + entries
                            + " entries (expected: <= "
                            + MOST_TABLE_ENTRIES
                            + ")");
        }
    }

    private static void debugSections(ModuleOutline outline, Findings findings) {
        int bytes =
                outline.sections().stream()
                        .filter(section -> section.name().startsWith(".debug_"))
                        .mapToInt(Section::bytes)
                        .sum();
        if (bytes > 0) {
            findings.warning(
                    "debug sections take "
                            + bytes
                            + " of "
                            + outline.bytes()
                            + " bytes; strip them: mayfly build --strip, clang -s, cargo"
                            + " strip = true");
        }
    }

    /** Says of each function that is not compiled what that costs, and the mend. */
    static void interpreted(Iterable<ModuleReport.Interpreted> functions, Findings findings) {
        for (ModuleReport.Interpreted one : functions) {
            findings.warning(
                    one.function()
                            + " ("
                            + one.bytes()
                            + " bytes) "
                            + (one.reason().contains("SIMD") ? simd() : slow(one.reason())));
        }
    }

    private static String simd() {
        return "uses SIMD instructions, which trap here when they are reached; build without them:"
                + " -mno-simd128 in C, -C target-feature=-simd128 in Rust";
    }

    private static String slow(String reason) {
        return "runs in the interpreter, 50 to 100 times slower: "
                + reason
                + "; split it, or build with -Os and less inlining";
    }
}
