package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a signal to mayfly leaves behind of the programs it runs: nothing. */
final class SignalsIT {
    private static final String STUBBORN =
            "trap '' INT TERM; (trap '' INT TERM; sleep 600) & echo $! > %s; sleep 601";

    @TempDir Path folder;
    private Installation installed;
    private Path child;
    private Path said;

    @BeforeEach
    void aCheckout() throws IOException {
        installed = Installation.in(folder.resolve("checkout"));
        child = folder.resolve("child");
        said = folder.resolve("said");
    }

    @Test
    void aBuildsCommandEndsWithAllItStarted() throws Exception {
        Files.writeString(
                folder.resolve("app.toml"),
                """
                manifest_version = 1
                [app]
                name = "built"
                [[trigger.http]]
                route = "/"
                function = "one"
                [function.one]
                source = "one.wasm"
                [function.one.build]
                command = "%s"
                """
                        .formatted(STUBBORN.formatted(child)));

        endsAllOf(installed.command(folder, "build"));
    }

    @Test
    void theGitThatFetchesATemplateEndsAndItsFolderIsGone() throws Exception {
        Path git = Files.createDirectories(folder.resolve("bin")).resolve("git");
        Files.writeString(git, "#!/bin/sh\n" + STUBBORN.formatted(child) + "\n");
        Files.setPosixFilePermissions(git, PosixFilePermissions.fromString("rwx------"));
        Path temp = Files.createDirectories(folder.resolve("temp"));
        ProcessBuilder command =
                installed.command(folder, "new", "https://example.com/templates.git", "shop");
        command.environment().merge("PATH", git.getParent() + ":", (path, bin) -> bin + path);
        command.environment()
                .merge("MAYFLY_JAVA_OPTS", " -Djava.io.tmpdir=" + temp, String::concat);

        endsAllOf(command);

        assertThat(temp).isEmptyDirectory();
        assertThat(folder.resolve("shop")).doesNotExist();
    }

    private void endsAllOf(ProcessBuilder command) throws Exception {
        Process mayfly =
                command.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(said.toFile())
                        .start();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.exists(child) && Files.readString(child).endsWith("\n"));
        ProcessHandle started =
                ProcessHandle.of(Long.parseLong(Files.readString(child).strip())).orElseThrow();
        List<ProcessHandle> all = mayfly.descendants().toList();
        assertThat(runs(started)).isTrue();
        mayfly.destroy();

        assertThat(mayfly.waitFor()).isEqualTo(143);
        assertThat(all).isNotEmpty().contains(started).noneMatch(SignalsIT::runs);
        assertThat(said).content().doesNotContain("a fault of mayfly", "warning", "could not");
    }

    /**
     * One that has ended may lie there for long until the system's first process clears it away.
     */
    private static boolean runs(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
