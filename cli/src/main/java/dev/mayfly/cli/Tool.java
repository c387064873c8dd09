package dev.mayfly.cli;

/** What functions are built with, and what this command itself may call. */
enum Tool {
    CLANG("clang", "--version"),
    WASI_LIBC("C library for WASI"),
    CARGO("cargo", "--version"),
    RUSTC("rustc", "--version"),
    RUST_WASI("Rust library for WASI"),
    NODE("node", "--version"),
    NPM("npm", "--version"),
    JDK("javac", "-version"),
    MAVEN("mvn", "--version"),
    KOTLINC("kotlinc", "-version"),
    GO("go", "version"),
    PYTHON("python3", "--version"),
    GIT("git", "--version"),
    DOCKER("docker", "--version"),
    KAFKA("embedded Kafka broker");

    private final String shown;
    private final String versionArgument;

    Tool(String shown) {
        this(shown, "");
    }

    Tool(String shown, String versionArgument) {
        this.shown = shown;
        this.versionArgument = versionArgument;
    }

    /** {@return its program's name, or what it is if it is no program} */
    String shown() {
        return shown;
    }

    /** {@return what makes the program say its version; empty if it is no program} */
    String versionArgument() {
        return versionArgument;
    }

    /** {@return the oldest version that builds functions; empty for any} */
    String oldest() {
        return switch (this) {
            case GO -> "1.24"; // -buildmode=c-shared for wasip1
            case JDK -> "17"; // TeaVM's classes
            case NODE -> "18"; // AssemblyScript's compiler
            default -> "";
        };
    }
}
