package dev.mayfly.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * A checkout that is built: the real launcher beside the jars of this build and no sources, so that
 * nothing in it is ever stale. Its caches are its own.
 */
final class Installation {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private final Path home;

    private Installation(Path home) {
        this.home = home;
    }

    static Installation in(Path folder) throws IOException {
        Path built = folder.resolve("cli/target/mayfly");
        Files.createDirectories(folder.resolve(".mvn"));
        for (String script : List.of("mayfly", ".mvn/find-jdk.sh")) {
            copy(REPOSITORY.resolve(script), folder.resolve(script));
        }
        copyTree(REPOSITORY.resolve("cli/target/mayfly/lib"), built.resolve("lib"));
        copyTree(REPOSITORY.resolve("cli/target/mayfly/kafka"), built.resolve("kafka"));
        copy(REPOSITORY.resolve("cli/target/mayfly/mayfly.jar"), built.resolve("mayfly.jar"));
        copyTree(REPOSITORY.resolve("sdk-templates/c"), folder.resolve("sdk-templates/c"));
        Files.createFile(built.resolve("stamp"));
        return new Installation(folder);
    }

    Path path(String name) {
        return home.resolve(name);
    }

    /** {@return a start of the launcher; no AOT cache is made or used unless asked for} */
    ProcessBuilder command(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of(home.resolve("mayfly").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).directory(directory.toFile());
        process.environment().keySet().removeIf(name -> name.startsWith("MAYFLY_"));
        process.environment().put("MAYFLY_AOT", "off");
        process.environment().put("MAYFLY_JAVA_OPTS", "-Xmx400m -XX:TieredStopAtLevel=1");
        process.environment().put("XDG_CACHE_HOME", home.resolve("cache").toString());
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        return process;
    }

    Typed run(Path directory, String... arguments) throws IOException, InterruptedException {
        return run(command(directory, arguments));
    }

    static Typed run(ProcessBuilder command) throws IOException, InterruptedException {
        Process process = command.start();
        StringBuilder err = new StringBuilder();
        Thread reader =
                Thread.startVirtualThread(() ->
                        process.errorReader()
                                .lines()
                                .forEach(line -> err.append(line).append('\n')));
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        reader.join();
        return new Typed(process.waitFor(), out, err.toString());
    }

    private static void copyTree(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                copy(file, to.resolve(Objects.requireNonNull(file.getFileName()).toString()));
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }
}
