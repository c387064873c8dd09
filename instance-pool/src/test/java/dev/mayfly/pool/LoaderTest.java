package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a module is refused or warned for, always with the mend. */
class LoaderTest {
    private static final int LOOP_FOR_EVER = 0x03;

    @TempDir private Path folder;
    private LoadBench bench;

    @BeforeEach
    void newLoader() {
        bench = new LoadBench(folder);
    }

    @Test
    @Tag("form.refused")
    void allProblemsOfAModuleAreToldAtOnce() {
        WasmBytes imports =
                new WasmBytes().u32(4).name("env").name("foo").raw(0, 0).name("env").name("bar");
        imports.raw(0, 0).name("wasi_unstable").name("fd_write").raw(0, 0);
        imports.name("env").name("table").raw(1, 0x70, 0, 1);
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.section(2, imports),
                        WasmBytes.memory(5_000),
                        WasmBytes.export("main", 0));
        assertThat(bench.problems(module))
                .hasSize(5)
                .anyMatch(problem -> problem.contains("env.foo, env.bar"))
                .anyMatch(problem -> problem.contains("wasi_unstable"))
                .anyMatch(problem -> problem.contains("imports a table, env.table"))
                .anyMatch(
                        problem -> problem.contains("begins with 320000KiB (limits.memory: 64MiB)"))
                .anyMatch(problem -> problem.contains("no entrypoint handle; it exports main"));
    }

    @Test
    @Tag("form.refused")
    void aSharedMemoryAndItsThreadsAreRefused() {
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.section(
                                2,
                                new WasmBytes().u32(1).name("wasi").name("thread-spawn").raw(0, 0)),
                        WasmBytes.functions(1),
                        WasmBytes.section(5, new WasmBytes().u32(1).raw(3, 1, 1)),
                        WasmBytes.export("_start", 1),
                        WasmBytes.code(WasmBytes.body(0xFE, 3, 0)));
        assertThat(bench.problems(module))
                .hasSize(3)
                .allMatch(problem -> problem.contains("without -pthread"));
    }

    @Test
    @Tag("form.refused")
    void twoMemoriesAreRefused() {
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.functions(1),
                        WasmBytes.section(5, new WasmBytes().u32(2).raw(0, 1, 0, 1)),
                        WasmBytes.export("_start", 0),
                        WasmBytes.code(WasmBytes.body()));
        assertThat(bench.problems(module)).singleElement().asString().contains("2 memories");
    }

    @Test
    @Tag("limit:ModuleRules.MOST_TABLE_ENTRIES")
    void aTableOfMillionsIsRefused() {
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.functions(1),
                        WasmBytes.section(4, new WasmBytes().u32(1).raw(0x70, 0).u32(9_000_000)),
                        WasmBytes.export("_start", 0),
                        WasmBytes.code(WasmBytes.body()));
        assertThat(bench.problems(module)).singleElement().asString().contains("9000000 entries");
    }

    @Test
    void anEntrypointWithAResultIsRefused() {
        byte[] module =
                WasmBytes.module(
                        WasmBytes.section(
                                1, new WasmBytes().u32(1).raw(0x60).u32(0).u32(1).raw(0x7F)),
                        WasmBytes.functions(1),
                        WasmBytes.export("handle", 0),
                        WasmBytes.code(WasmBytes.body(0x41, 0)));
        assertThat(bench.problems(module))
                .singleElement()
                .asString()
                .contains("no parameters, no results");
    }

    @Test
    void anImportOfTheWrongTypeIsRefused() {
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.section(
                                2,
                                new WasmBytes()
                                        .u32(1)
                                        .name("wasi_snapshot_preview1")
                                        .name("fd_write")
                                        .raw(0, 0)),
                        WasmBytes.functions(1),
                        WasmBytes.export("_start", 1),
                        WasmBytes.code(WasmBytes.body()));
        assertThat(bench.problems(module)).singleElement().asString().contains("fd_write");
    }

    @Test
    void aDataSegmentOutsideTheMemoryIsRefused() {
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.functions(1),
                        WasmBytes.memory(1),
                        WasmBytes.export("_start", 0),
                        WasmBytes.code(WasmBytes.body()),
                        WasmBytes.section(
                                11,
                                new WasmBytes()
                                        .u32(1)
                                        .raw(0, 0x41)
                                        .u32(65_535)
                                        .raw(0x0B, 2, 1, 1)));
        assertThat(bench.problems(module)).singleElement().asString().contains("cannot be set up");
    }

    @Test
    @Tag("form.refused")
    void aStartFunctionThatLoopsIsEndedByTheFunctionsTimeout() {
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.functions(2),
                        WasmBytes.export("_start", 1),
                        WasmBytes.section(8, new WasmBytes().u32(0)),
                        WasmBytes.code(
                                WasmBytes.body(LOOP_FOR_EVER, 0x40, 0x0C, 0, 0x0B),
                                WasmBytes.body()));
        assertThat(bench.timeout(Duration.ofMillis(300)).problems(module))
                .containsExactly("the start function did not end within limits.timeout, 300 ms");
    }

    @Test
    void anInitialiserThatTrapsIsRefusedWithItsReason() {
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.functions(1),
                        WasmBytes.section(
                                7,
                                new WasmBytes()
                                        .u32(2)
                                        .name("_initialize")
                                        .raw(0, 0)
                                        .name("handle")
                                        .raw(0, 0)),
                        WasmBytes.code(WasmBytes.body(0x00)));
        assertThat(bench.problems(module))
                .singleElement()
                .asString()
                .startsWith("_initialize trapped: ");
    }

    @Test
    void aMountThatIsNoFolderIsRefused() {
        assertThat(bench.mount("missing").problems(Guests.module("hello-c")))
                .singleElement()
                .asString()
                .contains(folder.resolve("missing").toString());
    }

    @Test
    @Tag("form.warned")
    void simdAndDebugSectionsAreWarnedOfWithTheirMend() {
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.functions(2),
                        WasmBytes.export("_start", 0),
                        WasmBytes.code(
                                WasmBytes.body(),
                                new WasmBytes().u32(0).raw(0xFD, 12).repeat(16, 0).raw(0x1A, 0x0B)),
                        WasmBytes.section(0, new WasmBytes().name(".debug_info").repeat(1_000, 0)));
        assertThat(bench.ready(module).warnings())
                .hasSize(2)
                .anyMatch(warning -> warning.contains("-C target-feature=-simd128"))
                .anyMatch(warning -> warning.startsWith("debug sections take 1012 of"));
    }

    @Test
    void functionsOfTheSameBinaryShareTheirClasses() {
        byte[] module = Guests.module("hello-c");
        Snapshot first = bench.ready(module).function().snapshot();
        System.gc();
        Snapshot second = bench.ready(module.clone()).function().snapshot();
        assertThat(first.module()).isSameAs(second.module());
    }

    @Test
    void textOfTheModuleCannotWriteControlCharactersIntoAMessage() {
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.functions(1),
                        WasmBytes.export("\u001b[31mred\nline", 0),
                        WasmBytes.code(WasmBytes.body()));
        assertThat(bench.problems(module))
                .singleElement()
                .asString()
                .contains("\\x1b[31mred\\x0aline")
                .doesNotContain("\n");
    }
}
