package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is thawed equals what was frozen. */
class FreezerTest {
    @TempDir private Path folder;
    private LoadBench bench;

    @BeforeEach
    void newBench() {
        bench = new LoadBench(folder);
    }

    /** As after a restart: nothing in memory. */
    private Optional<FrozenFunction> thawedElsewhere(FrozenFunction frozen) {
        return new LoadBench(folder).thaw(frozen);
    }

    private FrozenFunction frozen(String guest) {
        return bench.ready(Guests.module(guest)).function();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello-c",
                "hello-rust",
                "echo-as",
                "reactor-c",
                "wizer-c",
                "routes-c",
                "files-c"
            })
    void aThawedFunctionEqualsTheFrozenOne(String guest) {
        FrozenFunction frozen = frozen(guest);
        FrozenFunction thawed = thawedElsewhere(frozen).orElseThrow();
        Snapshot before = frozen.snapshot();
        Snapshot after = thawed.snapshot();
        assertThat(after.memory().copy()).isEqualTo(before.memory().copy());
        assertThat(after.globals()).isEqualTo(before.globals());
        assertThat(after.tables()).isDeepEqualTo(before.tables());
        assertThat(after.segments().dropped()).isEqualTo(before.segments().dropped());
        assertThat(thawed.entrances()).isEqualTo(frozen.entrances());
        assertThat(thawed.entrypoint()).isEqualTo(frozen.entrypoint());
        assertThat(thawed.report()).isEqualTo(frozen.report());
        assertThat(answer(thawed)).isEqualTo(answer(frozen));
    }

    @Test
    void initialisersDoNotRunAgain() {
        bench = new LoadBench(folder).environment("GREETING", "one");
        FrozenFunction frozen = frozen("reactor-c");
        LoadBench elsewhere = new LoadBench(folder);
        FrozenFunction thawed = elsewhere.thaw(frozen).orElseThrow();
        assertThat(answer(thawed)).contains("initialised 1");
        assertThat(elsewhere.lines()).isEmpty();
    }

    @Test
    void functionsOfOneKeyShareTheirStateAndTheirModule() {
        FrozenFunction first = frozen("hello-c");
        FrozenFunction second =
                bench.environment("A", "b").ready(Guests.module("hello-c")).function();
        assertThat(second.key()).isSameAs(first.key());
        assertThat(second.snapshot().state()).isSameAs(first.snapshot().state());
        FrozenFunction third = bench.thaw(first).orElseThrow();
        assertThat(third.snapshot().state()).isSameAs(first.snapshot().state());
        assertThat(third.snapshot().module()).isSameAs(first.snapshot().module());
    }

    @Test
    void functionsWhoseInitialisersSawAnotherEnvironmentShareNothing() {
        byte[] module = Guests.module("reactor-c");
        FrozenFunction one = bench.environment("TOKEN", "one").ready(module).function();
        FrozenFunction two = bench.environment("TOKEN", "two").ready(module).function();
        assertThat(two.key()).isNotEqualTo(one.key());
        assertThat(two.snapshot().state()).isNotSameAs(one.snapshot().state());
    }

    @Test
    void aMissingFileMeansLoadingAgain() throws IOException {
        FrozenFunction frozen = frozen("hello-c");
        Files.delete(file(frozen.key().stateFile()));
        assertThat(thawedElsewhere(frozen)).isEmpty();
        assertThat(bench.keeps(frozen)).isTrue();
        assertThat(thawedElsewhere(frozen)).isPresent();
        Files.delete(file(frozen.key().moduleFile()));
        assertThat(thawedElsewhere(frozen)).isEmpty();
    }

    @Test
    void aDamagedModuleIsCompiledAnewAndReplaced() throws IOException {
        byte[] module = Guests.module("hello-c");
        FrozenFunction frozen = frozen("hello-c");
        Path file = file(frozen.key().moduleFile());
        byte[] good = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(good, good.length / 2));
        new LoadBench(folder).ready(module);
        assertThat(Files.readAllBytes(file)).isEqualTo(good);
    }

    @Test
    void aSecondStartCompilesNothing() throws IOException {
        FrozenFunction frozen = frozen("hello-c");
        Path file = file(frozen.key().moduleFile());
        Object written = Files.readAttributes(file, "unix:ino").get("ino");
        FrozenFunction again = new LoadBench(folder).ready(Guests.module("hello-c")).function();
        assertThat(Files.readAttributes(file, "unix:ino").get("ino")).isEqualTo(written);
        assertThat(again.key()).isEqualTo(frozen.key());
        assertThat(answer(again)).contains("hello GET");
    }

    @Test
    void whatCouldNotBeWrittenIsWrittenWhenItCan() throws IOException {
        Path cache = folder.resolve("cache");
        Files.writeString(cache, "a file where the folder should be");
        FrozenFunction frozen = frozen("hello-c");
        assertThat(answer(frozen)).contains("hello GET");
        assertThat(bench.keeps(frozen)).isFalse();
        assertThat(bench.thaw(frozen)).isEmpty();
        Files.delete(cache);
        assertThat(bench.keeps(frozen)).isTrue();
        assertThat(thawedElsewhere(frozen)).isPresent();
    }

    @Test
    void theImageOnDiskHoldsNoPagesOfZeros() throws IOException {
        FrozenFunction frozen = frozen("hello-c");
        assertThat(frozen.snapshot().memory().size()).isGreaterThan(1 << 20);
        assertThat(Files.size(file(frozen.key().stateFile()))).isLessThan(64 << 10);
    }

    @Test
    void nothingIsLeftBesideTheFilesThatAreNamed() throws IOException {
        FrozenFunction frozen = frozen("hello-c");
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            List.of(frozen.key().stateFile(), frozen.key().moduleFile()));
        }
    }

    private Path file(String name) {
        return folder.resolve("cache").resolve(name);
    }

    private static String answer(FrozenFunction function) {
        return LoadBench.answer(function.snapshot(), function.entrypoint(), "/");
    }
}
