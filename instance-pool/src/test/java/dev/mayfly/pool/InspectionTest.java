package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import dev.mayfly.pool.ModuleReport.Section;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module tells what it is made of even when it cannot be loaded. */
class InspectionTest {
    @TempDir private Path folder;
    private LoadBench bench;

    @BeforeEach
    void newLoader() {
        bench = new LoadBench(folder);
    }

    @Test
    void aLoadableModuleIsReportedUpToItsImage() {
        ModuleInspection found = bench.inspect(Guests.module("hello-c"));
        ModuleReport report = found.report().orElseThrow();
        assertThat(found.problems()).isEmpty();
        assertThat(report.form()).isEqualTo(ModuleForm.COMMAND);
        assertThat(report.imports()).contains("wasi_snapshot_preview1.fd_write");
        assertThat(report.exports()).contains("_start");
        assertThat(report.sections()).extracting(Section::name).contains("code", "data");
        assertThat(report.moduleBytes()).isEqualTo(Guests.module("hello-c").length);
        assertThat(report.initialPages()).isPositive();
        assertThat(report.maximumPages()).isEqualTo(1024);
        assertThat(report.imagePages()).isPositive();
    }

    @Test
    void aRefusedModuleIsReportedBesideItsProblems() {
        ModuleInspection found =
                bench.memoryPages(1).entrypoint("nowhere").inspect(Guests.module("hello-c"));
        assertThat(found.problems()).hasSize(2);
        assertThat(found.report().orElseThrow().entrypoint()).isEqualTo("nowhere");
    }

    @Test
    void aModuleThatFailsInItsInitialiserIsReportedToo() {
        ModuleInspection found = bench.inspect(Guests.module("reactor-entropy-c"));
        assertThat(found.problems()).hasSize(1);
        assertThat(found.report().orElseThrow().form()).isEqualTo(ModuleForm.REACTOR);
    }

    @Test
    void whatIsNoModuleHasNoReport() {
        ModuleInspection found = bench.inspect(new byte[] {1, 2, 3});
        assertThat(found.report()).isEmpty();
        assertThat(found.problems()).hasSize(1);
    }
}
