package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Somebody who has done nothing yet, with {@code mayfly} on the PATH. Safe for use by any thread.
 *
 * @param home what is theirs
 */
record NewUser(Path home) {
    private static final long MINUTES_AT_MOST = 5;

    static NewUser in(Path home) throws IOException {
        Path programs = Files.createDirectories(home.resolve("bin"));
        Files.createSymbolicLink(programs.resolve("mayfly"), Repository.ROOT.resolve("mayfly"));
        return new NewUser(home);
    }

    /** Runs {@code command} in {@code folder} to its end, which must be a success. */
    String run(Path folder, String command) throws IOException, InterruptedException {
        Typed typed = tries(folder, command);
        assertThat(typed.code()).as("%s in %s%n%s", command, folder, typed.output()).isZero();
        return typed.output();
    }

    /** Runs {@code command}, whatever becomes of it. */
    Typed tries(Path folder, String command) throws IOException, InterruptedException {
        Process process = process(folder, command).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES)).as(command).isTrue();
        return new Typed(process.exitValue(), output);
    }

    /** Starts what serves on {@code port}; what it says goes to {@code log}. */
    ServedApp serve(Path folder, String command, int port, Path log) throws IOException {
        // exec: the signal that ends it must reach the server itself, not a shell in between.
        ProcessBuilder process = process(folder, "exec " + command);
        return ServedApp.startQuietly(process.redirectOutput(log.toFile()), port);
    }

    private ProcessBuilder process(Path folder, String command) {
        ProcessBuilder process =
                new ProcessBuilder("sh", "-c", command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
        Map<String, String> environment = process.environment();
        environment.keySet().removeIf(name -> name.startsWith("MAYFLY_"));
        environment.merge("PATH", home.resolve("bin") + ":", (path, bin) -> bin + path);
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("XDG_CACHE_HOME", home.resolve("cache").toString());
        environment.put("XDG_CONFIG_HOME", home.resolve("config").toString());
        environment.put("XDG_DATA_HOME", home.resolve("data").toString());
        return process;
    }

    /** How a command ended, and what it wrote to either output. */
    record Typed(int code, String output) {}
}
