package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What tools say when something is missing, and the mend that must be named. */
final class SymptomsTest {
    @TempDir Path folder;

    static Stream<Arguments> said() {
        return Stream.of(clang(), rust(), others(), shells()).flatMap(group -> group);
    }

    private static Stream<Arguments> clang() {
        return Stream.of(
                said(1, "main.c:1:10: fatal error: 'stdio.h' file not found", "wasi-libc"),
                said(
                        1,
                        "wasm-ld: error: cannot open /usr/lib/llvm-14/lib/clang/14.0.6/lib/wasi/"
                                + "libclang_rt.builtins-wasm32.a: No such file or directory",
                        "libclang-rt-14-dev-wasm32"),
                said(
                        1,
                        "clang: error: unable to execute command: Executable \"wasm-ld\" doesn't exist!",
                        "apt-get install lld"),
                said(1, "wasm-ld: error: cannot open crt1-command.o: No such file", "wasi-libc"),
                said(1, "wasm-ld: error: unable to find library -lc", "wasi-libc"),
                said(
                        1,
                        "error: unable to create target: 'No available targets are compatible with"
                                + " triple \"wasm32-unknown-wasi\"'",
                        "Apple's"));
    }

    private static Stream<Arguments> rust() {
        return Stream.of(
                said(
                        101,
                        "  = note: the `wasm32-wasip1` target may not be installed",
                        "rustup target add wasm32-wasip1"),
                said(
                        101,
                        "  = note: the `wasm32-wasip2` target may not be installed",
                        "not built for wasm32-wasip2"),
                said(
                        1,
                        "error: error loading target specification: could not find specification"
                                + " for target \"wasm32-wasi\"",
                        "is called wasm32-wasip1"),
                said(
                        1,
                        "error: Error loading target specification: Could not find specification"
                                + " for target \"wasm32-wasip1\".",
                        "before Rust 1.78"),
                said(
                        101,
                        "error: could not find `Cargo.toml` in `/app` or any parent directory",
                        "--manifest-path"));
    }

    private static Stream<Arguments> others() {
        return Stream.of(
                said(
                        254,
                        "npm error enoent Could not read package.json: Error: ENOENT: no such file",
                        "npm --prefix"),
                said(1, "npm error Missing script: \"build\"", "no script build"),
                said(1, "npm ERR! Missing script: \"asbuild\"", "no script asbuild"),
                said(1, "Error: Cannot find module 'assemblyscript'", "npm install"),
                said(2, "go: unsupported GOOS/GOARCH pair wasip1/wasm", "update Go"),
                said(1, "-buildmode=c-shared not supported on wasip1/wasm", "1.24"),
                said(1, "go: go.mod file not found in current directory", "go build -C"),
                said(
                        1,
                        "[ERROR] No compiler is provided in this environment. Perhaps you are"
                                + " running on a JRE rather than a JDK?",
                        "install a JDK"),
                said(
                        1,
                        "[ERROR] Fatal error compiling: error: release version 25 not supported",
                        "older JDK than 25"),
                said(1, "The JAVA_HOME environment variable is not defined correctly", "JAVA_HOME"),
                said(
                        1,
                        "[ERROR] [Help 1] http://cwiki.apache.org/MAVEN/MissingProjectException",
                        "mvn -f"),
                said(101, "curl: (6) Could not resolve host: index.crates.io", "no network"),
                said(1, "npm error code ENOTFOUND", "no network"));
    }

    private static Stream<Arguments> shells() {
        return Stream.of(
                said(126, "sh: 1: ./build: Permission denied", "chmod +x ./build"),
                said(1, "cp: error writing 'hello.wasm': No space left on device", "disk is full"),
                said(127, "sh: 1: clang: not found", "apt-get install clang lld wasi-libc"),
                said(127, "bash: line 1: cargo: command not found", "https://rustup.rs"),
                said(127, "zsh:1: command not found: go", "Go 1.24"),
                said(127, "sh: 1: asc: not found", "npm install"),
                said(127, "./build: 4: mvn: not found", "apt-get install maven"),
                said(127, "env: 'node': No such file or directory", "apt-get install nodejs"),
                said(127, "sh: 1: ./biuld: not found", "there is no ./biuld"),
                said(127, "sh: 1: frobnicate: not found", "mayfly doctor"),
                said(137, "Killed", "--jobs 1"));
    }

    private static Arguments said(int exit, String line, String mend) {
        return Arguments.of(exit, line, mend);
    }

    @ParameterizedTest
    @MethodSource("said")
    void eachHasItsMend(int exit, String line, String mend) throws Exception {
        assertThat(mends("cat line; exit " + exit, line))
                .as(line)
                .anyMatch(each -> each.contains(mend));
    }

    @Test
    void whatIsAMistakeOfTheProgramHasNone() throws Exception {
        assertThat(mends("cat line; exit 1", "main.c:3:5: error: use of undeclared identifier 'x'"))
                .isEmpty();
    }

    @Test
    void whatIsSaidTwiceIsMendedOnce() throws Exception {
        String line = "a.c:1:10: fatal error: 'stdio.h' file not found\n";
        assertThat(mends("cat line; exit 1", line + line)).hasSize(1);
    }

    @Test
    void aClangWithoutTheLibraryForWasmIsUnderstood() throws Exception {
        assumeTrue(isInstalled("clang"), "clang is not installed");
        Files.writeString(folder.resolve("a.c"), "#include <stdio.h>\nint main(void){}\n");

        assertThat(mends("clang --target=wasm32-wasi --sysroot=/nowhere a.c -o a.wasm", ""))
                .anyMatch(each -> each.contains("wasi-libc"));
    }

    @Test
    void aRustWithoutTheTargetIsUnderstood() throws Exception {
        assumeTrue(isInstalled("rustc"), "rustc is not installed");
        Files.writeString(folder.resolve("a.rs"), "fn main() {}\n");

        assertThat(mends("rustc --target wasm32-wasip9 a.rs || rustc --sysroot=. a.rs", ""))
                .isEmpty();
        assertThat(
                        mends(
                                "rustc --target $(rustc --print target-list | grep -x -e wasm32-wasip1"
                                        + " -e wasm32-wasi | head -n 1) --sysroot . a.rs",
                                ""))
                .anyMatch(each -> each.contains("libstd-rust-dev-wasm32"));
    }

    @Test
    void aShellThatDoesNotFindAProgramIsUnderstood() throws Exception {
        assertThat(mends("no-such-compiler a.c", ""))
                .singleElement()
                .asString()
                .contains("no-such-compiler is not installed", "mayfly doctor");
    }

    private static boolean isInstalled(String tool) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, tool)));
    }

    private List<String> mends(String command, String line) throws Exception {
        Files.writeString(folder.resolve("line"), line);
        Symptoms symptoms = new Symptoms();
        return symptoms.mends(ShellRun.run(command, folder, symptoms::see));
    }
}
