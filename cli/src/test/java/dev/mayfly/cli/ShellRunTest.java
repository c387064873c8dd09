package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShellRunTest {
    @TempDir Path folder;

    @Test
    void bothOutputsComeInTheirOrderAndTheCodeIsTheShells() throws Exception {
        List<String> lines = new ArrayList<>();
        int exit =
                ShellRun.run("echo one; echo two >&2; printf 'no end'; exit 7", folder, lines::add);

        assertThat(exit).isEqualTo(7);
        assertThat(lines).containsExactly("one", "two", "no end");
    }

    @Test
    void aFloodWithoutALineEndComesInPieces() throws Exception {
        AtomicLong sum = new AtomicLong();
        AtomicLong longest = new AtomicLong();
        ShellRun.run(
                "head -c 20000000 /dev/zero | tr '\\0' x",
                folder,
                piece -> {
                    sum.addAndGet(piece.length());
                    longest.accumulateAndGet(piece.length(), Math::max);
                });

        assertThat(sum).hasValue(20_000_000);
        assertThat(longest.get()).isLessThanOrEqualTo(4096);
    }

    @Test
    void whoAsksSomethingGetsNoAnswer() throws Exception {
        assertThat(ShellRun.run("read answer", folder, _ -> {})).isNotZero();
    }

    /** A compiler's daemon keeps the pipe open, and is none of the build's business. */
    @Test
    void whatIsLeftBehindDoesNotHoldTheBuildUp() throws Exception {
        List<String> lines = new ArrayList<>();
        int exit = ShellRun.run("sleep 600 & echo $! > pid; echo done", folder, lines::add);
        ProcessHandle left = process("pid");

        assertThat(exit).isZero();
        assertThat(lines).containsExactly("done");
        assertThat(left.isAlive()).isTrue();
        left.destroy();
    }

    /** One that ignores signals, one whose parent is gone, one in a session of its own. */
    @Test
    void anInterruptEndsTheWholeTree() throws Exception {
        Thread runner =
                Thread.ofPlatform()
                        .start(() -> {
                            try {
                                ShellRun.run(
                                        """
                                        (trap '' TERM INT; echo $$ > a; while :; do sleep 1; done) &
                                        (sleep 600 & echo $! > b)
                                        setsid sleep 600 & echo $! > c
                                        sleep 600 & echo $! > d; wait
                                        """,
                                        folder,
                                        _ -> {});
                            } catch (InterruptedException _) {
                                Thread.currentThread().interrupt();
                            } catch (java.io.IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        });
        for (String pid : List.of("a", "b", "c", "d")) {
            await().until(() -> isWritten(pid));
        }
        List<ProcessHandle> all = new ArrayList<>();
        for (String pid : List.of("b", "c", "d")) {
            all.add(process(pid));
        }
        runner.interrupt();
        runner.join();

        assertThat(all).noneMatch(ProcessHandle::isAlive);
    }

    private boolean isWritten(String name) throws java.io.IOException {
        Path file = folder.resolve(name);
        return Files.exists(file) && Files.readString(file).endsWith("\n");
    }

    private ProcessHandle process(String name) throws java.io.IOException {
        long pid = Long.parseLong(Files.readString(folder.resolve(name)).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }
}
