package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Looks for tools by running them, as a build would: what is on the disk and does not run is of no
 * use. The two libraries are looked for by what takes them: a C program is compiled, and Rust's
 * folders are looked into.
 *
 * @param folder where builds run; a toolchain may be chosen by a file in it
 * @param environment of builds
 * @param patience how long each answer may take
 */
record ToolProbe(Path folder, Map<String, String> environment, Duration patience) {
    private static final Pattern VERSION =
            Pattern.compile("(?<![\\w.])(?:v|go)?(\\d+(?:\\.\\d+)*)");

    /** Some colour what they say, whoever reads it. */
    private static final Pattern COLOUR = Pattern.compile("\\033\\[[0-9;]*m");

    /** The first of them that is there, as build scripts of the templates take them. */
    private static final List<String> RUST_TARGETS = List.of("wasm32-wasip1", "wasm32-wasi");

    private static final String C_PROGRAM =
            """
            #include <stdio.h>
            int main(int n, char **words) { return printf("%Lf %s", (long double) n, words[0]) < 0; }
            """;

    private static final int SHOWN = 120;

    /** {@return how it stands with {@code tool}} */
    ToolState look(Tool tool) throws IOException {
        return switch (tool) {
            case WASI_LIBC -> cLibrary();
            case RUST_WASI -> rustLibrary();
            case KAFKA -> broker();
            default -> program(tool);
        };
    }

    /** {@return where the program of {@code tool} is} */
    Optional<Path> find(Tool tool) {
        Optional<Path> special =
                switch (tool) {
                    case CLANG -> below("WASI_SDK_PATH", "bin/clang");
                    case JDK -> below("JAVA_HOME", "bin/javac");
                    default -> Optional.empty();
                };
        return special.isPresent() ? special : new Programs(environment).find(tool.shown());
    }

    private Optional<Path> below(String variable, String path) {
        String home = environment.getOrDefault(variable, "");
        return home.isEmpty()
                ? Optional.empty()
                : Optional.of(Path.of(home, path)).filter(Files::isExecutable);
    }

    private ToolState program(Tool tool) throws IOException {
        Optional<Path> program = find(tool);
        if (program.isEmpty()) {
            return ToolState.missing(tool, "not on the PATH");
        }
        List<String> command = List.of(program.get().toString(), tool.versionArgument());
        return switch (ask(command)) {
            case ProgramAnswer.Failed(String why) ->
                    ToolState.broken(tool, program.get() + " " + why);
            case ProgramAnswer.Said(int exit, String text) when exit != 0 ->
                    ToolState.broken(
                            tool,
                            program.get() + " fails with exit code " + exit + ": " + shown(text));
            case ProgramAnswer.Said(_, String text) -> versioned(tool, program.get(), text);
        };
    }

    private static ToolState versioned(Tool tool, Path program, String text) {
        Matcher version = VERSION.matcher(COLOUR.matcher(text).replaceAll(""));
        if (!version.find()) {
            String said = text.isBlank() ? "nothing" : "no version: " + shown(text);
            return ToolState.broken(tool, program + " prints " + said);
        }
        String found = version.group(1);
        return isOlder(found, tool.oldest())
                ? new ToolState(
                        tool,
                        ToolState.Kind.OLD,
                        found,
                        program + "; functions take " + tool.oldest() + " or newer")
                : ToolState.ok(tool, found, program);
    }

    /** {@return whether {@code version} comes before {@code oldest}, number by number} */
    static boolean isOlder(String version, String oldest) {
        if (oldest.isEmpty()) {
            return false;
        }
        String[] have = version.split("\\.", -1);
        String[] want = oldest.split("\\.", -1);
        for (int i = 0; i < want.length; i++) {
            int difference = i < have.length ? number(have[i]) - number(want[i]) : -1;
            if (difference != 0) {
                return difference < 0;
            }
        }
        return false;
    }

    private static int number(String digits) {
        return digits.length() > 8 ? Integer.MAX_VALUE : Integer.parseInt(digits);
    }

    private ToolState cLibrary() throws IOException {
        Optional<Path> clang = find(Tool.CLANG);
        if (clang.isEmpty()) {
            return ToolState.missing(Tool.WASI_LIBC, "no clang to look with");
        }
        Path scratch = Files.createTempDirectory("mayfly-doctor-");
        try {
            Path source = Files.writeString(scratch.resolve("a.c"), C_PROGRAM);
            List<String> command =
                    List.of(
                            clang.get().toString(),
                            "--target=wasm32-wasi",
                            source.toString(),
                            "-o",
                            scratch.resolve("a.wasm").toString());
            return switch (ask(command)) {
                case ProgramAnswer.Failed(String why) ->
                        ToolState.broken(Tool.WASI_LIBC, clang.get() + " " + why);
                case ProgramAnswer.Said(int exit, String text) when exit != 0 ->
                        ToolState.missing(
                                Tool.WASI_LIBC, "a program cannot be made: " + error(text));
                case ProgramAnswer.Said _ ->
                        ToolState.ok(Tool.WASI_LIBC, "", "a program can be made");
            };
        } finally {
            Folders.delete(scratch);
        }
    }

    private ToolState rustLibrary() throws IOException {
        List<Path> compilers =
                Stream.concat(
                                find(Tool.RUSTC).stream(),
                                Stream.of(Path.of("/usr/bin/rustc")).filter(Files::isExecutable))
                        .distinct()
                        .toList();
        for (Path rustc : compilers) {
            ProgramAnswer answer = ask(List.of(rustc.toString(), "--print", "sysroot"));
            if (answer instanceof ProgramAnswer.Said(int exit, String text) && exit == 0) {
                for (String target : RUST_TARGETS) {
                    Path library =
                            folder.resolve(text.strip()).resolve("lib/rustlib/" + target + "/lib");
                    if (Files.isDirectory(library)) {
                        return ToolState.ok(Tool.RUST_WASI, target, library);
                    }
                }
            }
        }
        return ToolState.missing(
                Tool.RUST_WASI,
                compilers.isEmpty()
                        ? "no rustc to look with"
                        : "neither wasm32-wasip1 nor wasm32-wasi is installed");
    }

    private static ToolState broker() {
        Path jars = Folders.besideProgram("kafka");
        return Files.isDirectory(jars)
                ? ToolState.ok(Tool.KAFKA, "", jars)
                : ToolState.missing(Tool.KAFKA, "this mayfly has none beside it");
    }

    private ProgramAnswer ask(List<String> command) throws IOException {
        return ProgramAnswer.of(command, folder, environment, patience);
    }

    private static String error(String text) {
        return shown(text.lines().filter(line -> line.contains("error")).findFirst().orElse(text));
    }

    private static String shown(String text) {
        String line = Shown.plain(text.strip().lines().findFirst().orElse(""));
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }
}
