package dev.mayfly.pool;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Import;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which imports a sandbox can satisfy: the functions of WASI preview 1 and nothing else. */
final class ImportRules {
    private static final String PREVIEW_0 = "wasi_unstable";

    private ImportRules() {}

    static List<String> names(WasmModule module) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            names.add(name(module.importSection().getImport(i)));
        }
        return names;
    }

    static void check(WasmModule module, Findings findings) {
        List<String> old = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            Import one = module.importSection().getImport(i);
            if (one.importType() != ExternalType.FUNCTION) {
                findings.problem(notAFunction(one));
            } else if (threads(one)) {
                findings.problem(ModuleRules.THREADS + "it imports " + name(one));
            } else if (one.module().equals(PREVIEW_0)) {
                old.add(one.name());
            } else if (!WasiImports.offers(one.module(), one.name())) {
                unknown.add(name(one));
            }
        }
        if (!old.isEmpty()) {
            findings.problem(
                    "the module imports from wasi_unstable, the preview before preview 1: "
                            + String.join(", ", old)
                            + "; build it with a toolchain of 2020 or later");
        }
        if (!unknown.isEmpty()) {
            findings.problem(
                    "the module imports functions that do not exist here: "
                            + String.join(", ", unknown)
                            + " (expected: only those of wasi_snapshot_preview1); link what defines"
                            + " them, or build for wasm32-wasi");
        }
    }

    private static boolean threads(Import one) {
        return one.module().equals("wasi") && one.name().equals("thread-spawn");
    }

    private static String notAFunction(Import one) {
        String kind = one.importType().name().toLowerCase(Locale.ROOT);
        return "the module imports a "
                + kind
                + ", "
                + name(one)
                + " (expected: it has its own); link it without --import-memory, --import-table and"
                + " -shared";
    }

    private static String name(Import one) {
        return one.module() + "." + one.name();
    }
}
