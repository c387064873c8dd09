package dev.mayfly.cli;

import java.util.Optional;

/**
 * The command that mends what is missing, on this kind of machine.
 *
 * @param system whose packages
 * @param hasRustup whether Rust is rustup's here
 * @param clang the version of clang, empty if there is none
 * @param rustc the version of rustc, empty if there is none
 */
record Remedy(HostSystem system, boolean hasRustup, String clang, String rustc) {
    private static final String RUSTUP =
            "curl --proto '=https' -sSf https://sh.rustup.rs | sh -s -- -y --target wasm32-wasip1";

    /** {@return what to type} */
    String of(ToolState state) {
        return switch (state.tool()) {
            case CLANG -> packages("clang", "clang", "clang", "llvm");
            case WASI_LIBC -> cLibrary();
            case CARGO, RUSTC -> rust(state.tool());
            case RUST_WASI -> rustLibrary();
            case NODE, NPM -> packages("nodejs npm", "nodejs npm", "nodejs npm", "node");
            case JDK ->
                    packages(
                            "default-jdk-headless",
                            "java-21-openjdk-devel",
                            "openjdk21",
                            "openjdk");
            case MAVEN -> packages("maven", "maven", "maven", "maven");
            case KOTLINC ->
                    system == HostSystem.MACOS
                            ? system.install("kotlin")
                            : "curl -s https://get.sdkman.io | bash, then sdk install kotlin";
            case GO -> go(state);
            case PYTHON -> packages("python3", "python3", "python3", "python");
            case GIT -> packages("git", "git", "git", "git");
            case DOCKER -> packages("docker.io", "moby-engine", "docker", "--cask docker");
            case KAFKA -> "mayfly up --kafka HOST:PORT, with a broker of yours; a release has one";
        };
    }

    private String packages(String debian, String fedora, String alpine, String brew) {
        return switch (system) {
            case DEBIAN -> system.install(debian);
            case FEDORA -> system.install(fedora);
            case ALPINE -> system.install(alpine);
            case MACOS -> system.install(brew);
            case OTHER -> system.install(debian);
        };
    }

    /** Debian's runtime of clang has clang's version in its name. */
    private String cLibrary() {
        String major = clang.isEmpty() ? "14" : clang.replaceFirst("\\..*", "");
        return switch (system) {
            case DEBIAN -> system.install("lld wasi-libc libclang-rt-" + major + "-dev-wasm32");
            case ALPINE -> system.install("lld wasi-libc wasi-compiler-rt");
            case MACOS -> system.install("lld wasi-libc wasi-runtimes");
            case FEDORA, OTHER ->
                    "unpack a WASI SDK (https://github.com/WebAssembly/wasi-sdk/releases) and export"
                            + " WASI_SDK_PATH=its folder";
        };
    }

    private String rust(Tool tool) {
        return system == HostSystem.DEBIAN
                ? system.install(tool.shown() + " libstd-rust-dev-wasm32")
                : RUSTUP;
    }

    /** The target is called wasm32-wasip1 since Rust 1.78. */
    private String rustLibrary() {
        if (hasRustup) {
            boolean isOld = !rustc.isEmpty() && ToolProbe.isOlder(rustc, "1.78");
            return "rustup target add " + (isOld ? "wasm32-wasi" : "wasm32-wasip1");
        }
        return system == HostSystem.DEBIAN ? system.install("libstd-rust-dev-wasm32") : RUSTUP;
    }

    /** Where one is that is too old, the system's may be just that one. */
    private String go(ToolState state) {
        Optional<String> architecture =
                switch (System.getProperty("os.arch", "")) {
                    case "amd64", "x86_64" -> Optional.of("amd64");
                    case "aarch64", "arm64" -> Optional.of("arm64");
                    default -> Optional.empty();
                };
        boolean isLinux = system != HostSystem.MACOS && system != HostSystem.OTHER;
        if (state.kind() == ToolState.Kind.MISSING || !isLinux || architecture.isEmpty()) {
            return packages("golang", "golang", "go", "go")
                    + " (1.24 or newer: Debian 13, Ubuntu 25.04; else https://go.dev/dl)";
        }
        return "curl -sSfL https://go.dev/dl/go1.24.0.linux-"
                + architecture.get()
                + ".tar.gz | tar -xz -C ~/.local, then put ~/.local/go/bin first on the PATH";
    }
}
