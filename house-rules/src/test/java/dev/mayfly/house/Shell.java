package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Runs commands in the checkout's root, as a person would type them. */
final class Shell {
    private static final long MINUTES_AT_MOST = 5;

    private Shell() {}

    /** Runs {@code command} to its end, which must be a success. */
    static String run(String command) throws IOException, InterruptedException {
        Process process = builder(command).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES)).as(command).isTrue();
        assertThat(process.exitValue()).as("%s%n%s", command, output).isZero();
        return output;
    }

    static ProcessBuilder builder(String command) {
        return new ProcessBuilder("sh", "-c", command)
                .directory(Repository.ROOT.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
