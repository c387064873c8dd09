package dev.mayfly.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a module is made ready and run.
 *
 * <p>The form is the first of these that fits: an export {@code wizer-initialize} or {@code
 * wizer.initialize} makes it Wizer style (an {@code _initialize} beside it runs first), {@code
 * _initialize} a reactor, {@code _start} a command; without any of them it is a reactor that needs
 * no initialiser. {@code _initialize} beside {@code _start} is refused: WASI allows one of them.
 *
 * @param form the form
 * @param initialisers exports to call once before the freeze, in order
 * @param entrypoint the export each request calls
 * @param routes whether {@code _routes} lists more of them
 */
record Plan(ModuleForm form, List<String> initialisers, String entrypoint, boolean routes) {
    static final String ROUTES = "_routes";
    private static final String START = "_start";
    private static final String INITIALIZE = "_initialize";
    private static final String RESUME = "wizer.resume";
    private static final String HANDLE = "handle";
    private static final List<String> WIZER = List.of("wizer-initialize", "wizer.initialize");

    Plan {
        initialisers = List.copyOf(initialisers);
    }

    /**
     * Chooses, or says in {@code findings} why there is no choice.
     *
     * @param wanted the entrypoint app.toml names; it comes before any default
     */
    static Plan of(ModuleExports exports, Optional<String> wanted, Findings findings) {
        List<String> initialisers = initialisers(exports);
        ModuleForm form = form(exports);
        if (form == ModuleForm.REACTOR && exports.has(START) && exports.has(INITIALIZE)) {
            findings.problem(
                    "the module exports both _start and _initialize (expected: one); build it as a"
                            + " command, or as a reactor: -mexec-model=reactor");
        }
        String entrypoint = wanted.orElseGet(() -> entrypoint(form, exports));
        Plan plan = new Plan(form, initialisers, entrypoint, exports.has(ROUTES));
        plan.checkCallable(exports, findings);
        return plan;
    }

    private static ModuleForm form(ModuleExports exports) {
        if (WIZER.stream().anyMatch(exports::has)) {
            return ModuleForm.WIZER;
        }
        return exports.has(START) && !exports.has(INITIALIZE)
                ? ModuleForm.COMMAND
                : ModuleForm.REACTOR;
    }

    private static List<String> initialisers(ModuleExports exports) {
        List<String> initialisers = new ArrayList<>();
        if (exports.has(INITIALIZE)) {
            initialisers.add(INITIALIZE);
        }
        WIZER.stream().filter(exports::has).findFirst().ifPresent(initialisers::add);
        return initialisers;
    }

    private static String entrypoint(ModuleForm form, ModuleExports exports) {
        return switch (form) {
            case COMMAND -> START;
            case REACTOR -> HANDLE;
            case WIZER -> exports.has(RESUME) ? RESUME : exports.has(START) ? START : HANDLE;
        };
    }

    private void checkCallable(ModuleExports exports, Findings findings) {
        if (!exports.has(entrypoint)) {
            findings.problem(
                    "the module has no entrypoint "
                            + entrypoint
                            + "; "
                            + exports.listed()
                            + "; export it, or name another as entrypoint in app.toml");
        }
        List<String> called = new ArrayList<>(initialisers);
        called.add(entrypoint);
        if (routes) {
            called.add(ROUTES);
        }
        called.stream().filter(exports::has).forEach(name -> checkType(name, exports, findings));
    }

    /** A result would have no meaning: an exit code is given by {@code proc_exit}. */
    private static void checkType(String name, ModuleExports exports, Findings findings) {
        if (!exports.callable(name)) {
            findings.problem(
                    "the export "
                            + name
                            + " has the type "
                            + exports.signature(name)
                            + " (expected: no parameters, no results); end with exit(code) to"
                            + " report a failure");
        }
    }
}
