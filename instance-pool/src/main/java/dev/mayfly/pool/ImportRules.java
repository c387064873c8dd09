package dev.mayfly.pool;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.Import;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which imports a sandbox can satisfy: the functions of WASI preview 1 and nothing else. */
final class ImportRules {
    private static final String WASI = "wasi_snapshot_preview1";
    private static final String PREVIEW_0 = "wasi_unstable";

    private static final Set<String> FUNCTIONS =
            Set.of(
                    "args_get",
                    "args_sizes_get",
                    "clock_res_get",
                    "clock_time_get",
                    "environ_get",
                    "environ_sizes_get",
                    "fd_advise",
                    "fd_allocate",
                    "fd_close",
                    "fd_datasync",
                    "fd_fdstat_get",
                    "fd_fdstat_set_flags",
                    "fd_fdstat_set_rights",
                    "fd_filestat_get",
                    "fd_filestat_set_size",
                    "fd_filestat_set_times",
                    "fd_pread",
                    "fd_prestat_dir_name",
                    "fd_prestat_get",
                    "fd_pwrite",
                    "fd_read",
                    "fd_readdir",
                    "fd_renumber",
                    "fd_seek",
                    "fd_sync",
                    "fd_tell",
                    "fd_write",
                    "path_create_directory",
                    "path_filestat_get",
                    "path_filestat_set_times",
                    "path_link",
                    "path_open",
                    "path_readlink",
                    "path_remove_directory",
                    "path_rename",
                    "path_symlink",
                    "path_unlink_file",
                    "poll_oneoff",
                    "proc_exit",
                    "proc_raise",
                    "random_get",
                    "reset_adapter_state",
                    "sched_yield",
                    "sock_accept",
                    "sock_recv",
                    "sock_send",
                    "sock_shutdown");

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
            } else if (!one.module().equals(WASI) || !FUNCTIONS.contains(one.name())) {
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
