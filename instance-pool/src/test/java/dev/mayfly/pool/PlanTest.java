package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which form a module has, by what it exports. */
class PlanTest {
    private final Findings findings = new Findings();

    @Test
    void startAloneMakesACommand() throws Exception {
        assertThat(plan("_start"))
                .isEqualTo(new Plan(ModuleForm.COMMAND, List.of(), "_start", false));
    }

    @Test
    void initializeMakesAReactor() throws Exception {
        assertThat(plan("_initialize", "handle"))
                .isEqualTo(new Plan(ModuleForm.REACTOR, List.of("_initialize"), "handle", false));
    }

    @Test
    void handleAloneIsAReactorWithoutAnInitialiser() throws Exception {
        assertThat(plan("handle", "_routes"))
                .isEqualTo(new Plan(ModuleForm.REACTOR, List.of(), "handle", true));
    }

    @Test
    @Tag("form.choice")
    void aWizerExportComesBeforeEveryOtherAndInitializeRunsFirst() throws Exception {
        assertThat(plan("_start", "wizer.initialize", "_initialize"))
                .isEqualTo(
                        new Plan(
                                ModuleForm.WIZER,
                                List.of("_initialize", "wizer.initialize"),
                                "_start",
                                false));
        assertThat(plan("_start", "wizer.resume", "wizer-initialize").entrypoint())
                .isEqualTo("wizer.resume");
        assertThat(findings.problems()).isEmpty();
    }

    @Test
    @Tag("form.choice")
    void startBesideInitializeIsRefused() throws Exception {
        plan("_start", "_initialize", "handle");
        assertThat(findings.problems()).singleElement().asString().contains("both _start and");
    }

    @Test
    void aModuleWithoutAnEntrypointIsToldWhatItExports() throws Exception {
        plan("alpha", "beta");
        assertThat(findings.problems())
                .singleElement()
                .asString()
                .contains("no entrypoint handle; it exports alpha, beta");
    }

    @Test
    void aStateThatNoSnapshotCanHoldIsRefused(@TempDir Path folder) {
        WasmBytes exports = new WasmBytes().u32(2).name("_initialize").raw(0, 0);
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.functions(1),
                        WasmBytes.section(13, new WasmBytes().u32(1).raw(0, 0)),
                        WasmBytes.section(7, exports.name("handle").raw(0, 0)),
                        WasmBytes.code(WasmBytes.body()));
        assertThat(new LoadBench(folder).problems(module))
                .singleElement()
                .asString()
                .contains("build it as a command");
    }

    private Plan plan(String... exports) throws UnloadableException {
        WasmBytes all = new WasmBytes().u32(exports.length);
        for (String name : exports) {
            all.name(name).raw(0, 0);
        }
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.functions(1),
                        WasmBytes.section(7, all),
                        WasmBytes.code(WasmBytes.body()));
        return Plan.of(new ModuleExports(ModuleReader.parse(module)), Optional.empty(), findings);
    }
}
