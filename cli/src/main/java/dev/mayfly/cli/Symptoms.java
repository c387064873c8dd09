package dev.mayfly.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What compilers and shells say when something is missing, and the mend. Sees each line of a
 * command's output as it goes by and keeps only what it recognised.
 */
final class Symptoms {
    private static final String DOCTOR = "; mayfly doctor tells what this app needs";
    private static final String RUST =
            "rustup target add wasm32-wasip1, or on Debian apt-get install libstd-rust-dev-wasm32"
                    + DOCTOR;
    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;
    private static final int KILLED = 137;

    /**
     * @param hint in every such line: a search for it is cheap, and output may be long
     * @param pattern found in such a line
     * @param mend {@code $1} stands for the group
     */
    private record Symptom(String hint, Pattern pattern, String mend) {
        Symptom(String hint, String pattern, String mend) {
            this(hint, Pattern.compile(pattern), mend);
        }
    }

    private static final List<Symptom> KNOWN =
            List.of(
                    new Symptom(
                            "file not found",
                            "fatal error: '\\w+\\.h' file not found",
                            "the headers of the C library for Wasm are missing: apt-get install"
                                    + " wasi-libc"
                                    + DOCTOR),
                    new Symptom(
                            "libclang_rt.builtins-wasm32",
                            "cannot open .*libclang_rt\\.builtins-wasm32",
                            "clang's runtime for Wasm is missing: apt-get install"
                                    + " libclang-rt-14-dev-wasm32 (with the number of your clang)"
                                    + DOCTOR),
                    new Symptom(
                            "wasm-ld",
                            "(?i)(unable to execute command|posix_spawn failed|executable .?wasm-ld"
                                    + ".*doesn't exist|wasm-ld.*not found)",
                            "the linker for Wasm is missing: apt-get install lld" + DOCTOR),
                    new Symptom(
                            "cannot open",
                            "wasm-ld.*cannot open crt1",
                            "the C library for Wasm is missing: apt-get install wasi-libc"
                                    + DOCTOR),
                    new Symptom(
                            "unable to find library",
                            "wasm-ld.*unable to find library -lc",
                            "the C library for Wasm is missing: apt-get install wasi-libc"
                                    + DOCTOR),
                    new Symptom(
                            "No available targets",
                            "compatible with triple .wasm32",
                            "this clang cannot make Wasm (Apple's cannot): install LLVM's"
                                    + DOCTOR),
                    new Symptom(
                            "target may not be installed",
                            "the `(wasm32-wasip1|wasm32-wasi)` target may not be installed",
                            "the Rust library for $1 is missing: " + RUST),
                    new Symptom(
                            "target may not be installed",
                            "the `(wasm32-(?:wasip2|wasip3|unknown-\\w+|wasip1-threads))` target",
                            "functions are not built for $1: build for wasm32-wasip1, and " + RUST),
                    new Symptom(
                            "Rust's library for WASI",
                            "no cargo with Rust's library for WASI",
                            "the Rust library for Wasm is missing: " + RUST),
                    new Symptom(
                            "build: no ",
                            "^build: no ([^;]+); the head of this script",
                            "there is no $1" + DOCTOR),
                    new Symptom(
                            "target specification",
                            "could not find specification for target \"wasm32-wasi\"",
                            "wasm32-wasi is called wasm32-wasip1 since Rust 1.78: name that target"),
                    new Symptom(
                            "target specification",
                            "ould not find specification for target \"wasm32-wasip1\"",
                            "wasm32-wasip1 is called wasm32-wasi before Rust 1.78: name that target,"
                                    + " or update Rust"
                                    + DOCTOR),
                    new Symptom(
                            "Cargo.toml",
                            "could not find `Cargo.toml`",
                            "the command runs in the folder of app.toml: add"
                                    + " --manifest-path, or cd first"),
                    new Symptom(
                            "npm",
                            "npm (?:ERR!|error) (?:enoent )?(?:Could not read package.json|.*open"
                                    + " '.*package\\.json')",
                            "the command runs in the folder of app.toml, which has no package.json:"
                                    + " cd first, or npm --prefix"),
                    new Symptom(
                            "issing script",
                            "npm (?:ERR!|error) Missing script: \"?([\\w:-]+)",
                            "package.json has no script $1: npm run lists those it has"),
                    new Symptom(
                            "Cannot find module",
                            "Cannot find module '([^'.][^']*)'",
                            "the package $1 is not installed: npm install" + DOCTOR),
                    new Symptom(
                            "GOOS",
                            "unsupported GOOS/GOARCH pair wasip1/wasm",
                            "Go makes Wasm for WASI since 1.21, functions want 1.24 or later: update"
                                    + " Go"
                                    + DOCTOR),
                    new Symptom(
                            "buildmode",
                            "-buildmode=c-shared not supported on wasip1",
                            "Go has -buildmode=c-shared for Wasm since 1.24: update Go" + DOCTOR),
                    new Symptom(
                            "go.mod",
                            "go.mod file not found|cannot find main module",
                            "the command runs in the folder of app.toml, which has no go.mod: cd"
                                    + " first, or go build -C"),
                    new Symptom(
                            "No compiler is provided",
                            "No compiler is provided in this environment",
                            "Maven found a Java without a compiler: install a JDK and set JAVA_HOME"
                                    + DOCTOR),
                    new Symptom(
                            "release version",
                            "release version (\\d+) not supported",
                            "Maven runs on an older JDK than $1: set JAVA_HOME to a newer one"
                                    + DOCTOR),
                    new Symptom(
                            "JAVA_HOME",
                            "JAVA_HOME.*(not defined correctly|not set|invalid)",
                            "set JAVA_HOME to the folder of a JDK" + DOCTOR),
                    new Symptom(
                            "MissingProjectException",
                            "MissingProjectException",
                            "the command runs in the folder of app.toml, which has no pom.xml: cd"
                                    + " first, or mvn -f"),
                    new Symptom(
                            "resolve host",
                            "(?i)could not resolve host",
                            "the build fetches something, and there is no network"),
                    new Symptom(
                            "E",
                            "\\b(ENOTFOUND|EAI_AGAIN)\\b",
                            "the build fetches something, and there is no network"),
                    new Symptom(
                            "Permission denied",
                            "sh: (?:\\d+: |line \\d+: )?(\\S+): Permission denied",
                            "$1 may not be executed: chmod +x $1"),
                    new Symptom(
                            "No space left",
                            "No space left on device",
                            "the disk is full: make room and build again"));

    /** As dash, bash, BusyBox and zsh say it. */
    private static final Pattern MISSING =
            Pattern.compile(
                    "(?:^|: |line \\d+: )([\\w.+/-]+): (?:command )?not found|command not found: (\\S+)"
                            + "|(?:env|exec): ['\u2018]?([\\w.+/-]+)['\u2019]?:"
                            + " (?:No such file or directory|not found)");

    private final Set<String> mends = new LinkedHashSet<>();
    private String missing = "";

    /** Takes a line of the output; the thread that reads it. */
    synchronized void see(String line) {
        for (Symptom symptom : KNOWN) {
            if (line.contains(symptom.hint())) {
                Matcher found = symptom.pattern().matcher(line);
                if (found.find()) {
                    String group = found.groupCount() == 0 ? "" : String.valueOf(found.group(1));
                    mends.add(symptom.mend().replace("$1", group));
                }
            }
        }
        if (line.contains("not found") || line.contains("No such file")) {
            Matcher tool = MISSING.matcher(line);
            if (tool.find()) {
                missing = firstOf(tool);
            }
        }
    }

    private static String firstOf(Matcher found) {
        for (int group = 1; group <= found.groupCount(); group++) {
            if (found.group(group) != null) {
                return found.group(group);
            }
        }
        return "";
    }

    /**
     * {@return what to do, most telling first; none when nothing was recognised}
     *
     * @param exit the command's exit code
     */
    synchronized List<String> mends(int exit) {
        Set<String> all = new LinkedHashSet<>(mends);
        if (exit == NOT_FOUND) {
            all.add(notFound());
        }
        if (exit == NOT_EXECUTABLE && all.isEmpty()) {
            all.add("the program may not be executed: chmod +x makes it so");
        }
        if (exit == KILLED) {
            all.add(
                    "it was killed (SIGKILL), most likely for want of memory: close something, or"
                            + " have it build fewer things at once (--jobs 1)");
        }
        return List.copyOf(all);
    }

    private String notFound() {
        if (missing.isEmpty()) {
            return "a program of the command is not installed" + DOCTOR;
        }
        return missing.contains("/")
                ? "there is no "
                        + missing
                        + " in the folder of app.toml, or what its first line"
                        + " names is not installed"
                : missing + " is not installed, or not on the PATH: " + install(missing);
    }

    private static String install(String tool) {
        return switch (tool) {
            case "clang", "clang++", "wasm-ld", "lld" ->
                    "apt-get install clang lld wasi-libc libclang-rt-14-dev-wasm32" + DOCTOR;
            case "rustc", "cargo", "rustup" ->
                    "https://rustup.rs, then rustup target add wasm32-wasip1; or on Debian apt-get"
                            + " install rustc cargo libstd-rust-dev-wasm32"
                            + DOCTOR;
            case "node", "npm", "npx" -> "apt-get install nodejs npm" + DOCTOR;
            case "asc", "tsc", "esbuild", "jco" -> "npm install" + DOCTOR;
            case "go" -> "Go 1.24 or later, https://go.dev/dl" + DOCTOR;
            case "mvn", "gradle" ->
                    "apt-get install " + (tool.equals("mvn") ? "maven" : tool) + DOCTOR;
            case "make", "cmake" -> "apt-get install " + tool + DOCTOR;
            case "wat2wasm", "wasm2wat" -> "apt-get install wabt" + DOCTOR;
            case "wasm-opt" -> "apt-get install binaryen" + DOCTOR;
            default -> "install it" + DOCTOR;
        };
    }
}
