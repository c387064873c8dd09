package dev.mayfly.house;

/**
 * What builds a template.
 *
 * @param version a shell command that prints which one is here, and fails where none is
 * @param wanted what to say then
 * @param prebuiltBy what it printed where the template's module was made
 */
record Toolchain(String version, String wanted, String prebuiltBy) {
    private static final Toolchain CLANG =
            new Toolchain(
                    """
                    echo 'int main(void) { return 0; }' |
                      clang --target=wasm32-wasi -x c - -o /dev/null &&
                      clang --version | head -n 1
                    """,
                    "clang with a library for WASI (apt-get install clang lld wasi-libc"
                            + " libclang-rt-14-dev-wasm32)",
                    "Debian clang version 14.0.6");

    private static final Toolchain RUST =
            new Toolchain(
                    """
                    for bin in '' /usr/bin/; do
                      sysroot=$("${bin}rustc" --print sysroot 2>/dev/null) || continue
                      for target in wasm32-wasip1 wasm32-wasi; do
                        [ -d "$sysroot/lib/rustlib/$target/lib" ] || continue
                        "${bin}rustc" --version && "${bin}cargo" --version && exit
                      done
                    done
                    exit 1
                    """,
                    "cargo with Rust's library for WASI (apt-get install cargo"
                            + " libstd-rust-dev-wasm32)",
                    "rustc 1.63.0 cargo 1.65.0");

    private static final Toolchain JDK =
            new Toolchain(
                    "\"$JAVA_HOME/bin/javac\" -version",
                    "a JDK (apt-get install default-jdk-headless)",
                    "javac 25.0.3");

    private static final Toolchain NODE =
            new Toolchain(
                    """
                    npm --version >/dev/null &&
                      node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)' &&
                      echo npm, by package-lock.json
                    """,
                    "Node.js 20 or newer with npm (apt-get install nodejs npm)",
                    "npm, by package-lock.json");

    private static final Toolchain GO =
            new Toolchain(
                    "\"${GO:-go}\" env GOVERSION |"
                            + " grep -E '^go1\\.(2[4-9]|[3-9][0-9]|[0-9]{3})'",
                    "Go 1.24 or newer on the PATH or as GO (Debian 13: apt-get install golang-go)",
                    "go1.24.4");

    private static final Toolchain PYTHON =
            new Toolchain(
                    "cksum <\"$PYTHON_WASM\"",
                    "a CPython for WASI as PYTHON_WASM; its first start takes a minute",
                    "");

    /** {@return what builds the template of this name} */
    static Toolchain of(String template) {
        return switch (template) {
            case "c" -> CLANG;
            case "rust", "kafka-consumer" -> RUST;
            case "java", "kotlin" -> JDK;
            case "assemblyscript" -> NODE;
            case "go" -> GO;
            case "python" -> PYTHON;
            default -> throw new AssertionError("what builds the template " + template + "?");
        };
    }
}
