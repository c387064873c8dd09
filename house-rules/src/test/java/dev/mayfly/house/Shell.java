package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Runs commands in the checkout's root, as a person would type them. */
final class Shell {
    private static final long MINUTES_AT_MOST = 5;

    private Shell() {}

    /** Runs {@code command} to its end, which must be a success. */
    static String run(String command) throws IOException, InterruptedException {
        return run(builder(command), command);
    }

    private static String run(ProcessBuilder builder, String command)
            throws IOException, InterruptedException {
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES)).as(command).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", command, output).isZero();
        return output;
    }

    /** As {@link #run(String)}, in the home of a user who has done nothing yet. */
    static String run(String command, Path home) throws IOException, InterruptedException {
        return run(builder(command, home), command);
    }

    static ProcessBuilder builder(String command, Path home) {
        ProcessBuilder builder = builder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MAYFLY_"));
        builder.environment().put("XDG_DATA_HOME", home.resolve("data").toString());
        builder.environment().put("XDG_CONFIG_HOME", home.resolve("config").toString());
        return builder;
    }

    static ProcessBuilder builder(String command) {
        return new ProcessBuilder("sh", "-c", command)
                .directory(Repository.ROOT.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
