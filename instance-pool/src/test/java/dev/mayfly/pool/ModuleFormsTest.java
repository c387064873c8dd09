package dev.mayfly.pool;

import static dev.mayfly.pool.LoadBench.answer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import dev.mayfly.pool.FrozenFunction.Entrance;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each form of module, from real compilers, up to the answer of a fresh copy. */
class ModuleFormsTest {
    @TempDir private Path folder;
    private LoadBench bench;

    @BeforeEach
    void newLoader() {
        bench = new LoadBench(folder);
    }

    @Test
    @Tag("form.command")
    void aCommandIsFrozenBeforeItsStart() {
        FrozenFunction frozen = bench.ready(Guests.module("hello-c")).function();
        assertThat(frozen.report().form()).isEqualTo(ModuleForm.COMMAND);
        assertThat(frozen.report().entrypoint()).isEqualTo("_start");
        assertThat(answer(frozen.snapshot(), frozen.entrypoint(), "/x")).contains("hello GET");
    }

    @Test
    @Tag("form.start")
    void whatAStartFunctionMakesOfObjectsIsMadeInEachRun() {
        FrozenFunction frozen = bench.ready(LoadBench.handmade("objects")).function();
        FrozenFunction thawed = bench.thaw(frozen).orElseThrow();
        for (Snapshot snapshot : List.of(frozen.snapshot(), thawed.snapshot())) {
            for (int run = 0; run < 3; run++) {
                assertThat(answer(snapshot, frozen.entrypoint(), "/x")).isEmpty();
            }
        }
    }

    @Test
    void objectsAreRefusedBeforeAnyOfThemIsMadeWhereNobodyAllowsThem() {
        RuntimeSettings strict =
                new RuntimeSettings(1, 0, 1 << 30, folder.resolve("cache"), 1 << 30, false, true);
        LoadBench refusing = new LoadBench(folder, strict);
        assertThat(refusing.problems(LoadBench.handmade("objects")))
                .singleElement()
                .asString()
                .contains("garbage-collected objects", "runtime.gc_objects = true");
        assertThat(refusing.ready(Guests.module("hello-c"))).isNotNull();
    }

    @Test
    @Tag("form.reactor")
    void aReactorIsFrozenBehindItsInitialiser() {
        FrozenFunction frozen = bench.ready(Guests.module("reactor-c")).function();
        assertThat(frozen.report().form()).isEqualTo(ModuleForm.REACTOR);
        String answer = answer(frozen.snapshot(), frozen.entrypoint(), "/x");
        assertThat(answer).contains("initialised 1").contains("handled 1").contains("path /x");
    }

    @Test
    @Tag("form.reactor")
    void warmUpsRunInOrderAndTheirStateIsFrozen() {
        SampleRequest first = new SampleRequest("/first");
        SampleRequest second = new SampleRequest("/second");
        bench.warmup(first).warmup(second);
        FrozenFunction frozen = bench.ready(Guests.module("reactor-c")).function();
        assertThat(first.output()).contains("handled 1").contains("path /first");
        assertThat(second.output()).contains("handled 2").contains("path /second");
        assertThat(second.outcome()).contains(new Outcome.Exited(0));
        assertThat(answer(frozen.snapshot(), frozen.entrypoint(), "/x")).contains("handled 3");
    }

    @Test
    void aWarmUpThatIsAnsweredWithAnErrorFailsTheLoadByName() {
        bench.entrypoint("failing").warmup(new SampleRequest("/warm"));
        assertThat(bench.problems(Guests.module("reactor-c")))
                .singleElement()
                .asString()
                .startsWith("snapshot.warmup: GET /warm failed: Status: 500");
    }

    @Test
    @Tag("form.command")
    void aWarmUpOfACommandIsRefusedWithTheWayToAReactor() {
        bench.warmup(new SampleRequest("/warm"));
        assertThat(bench.problems(Guests.module("hello-c")))
                .singleElement()
                .asString()
                .contains("command")
                .contains("-mexec-model=reactor");
    }

    @Test
    @Tag("form.wizer")
    void aWizerModuleIsResumedAfterItsInitialiser() {
        FrozenFunction frozen = bench.ready(Guests.module("wizer-c")).function();
        assertThat(frozen.report().form()).isEqualTo(ModuleForm.WIZER);
        assertThat(frozen.report().entrypoint()).isEqualTo("wizer.resume");
        assertThat(answer(frozen.snapshot(), frozen.entrypoint(), "/x"))
                .contains("initialised 1")
                .contains("resumed 1");
    }

    @Test
    @Tag("form.wizer")
    void aWizerModuleWithoutResumeIsStarted() {
        FrozenFunction frozen = bench.ready(Guests.module("wizer-start-c")).function();
        assertThat(frozen.report().form()).isEqualTo(ModuleForm.WIZER);
        assertThat(frozen.report().entrypoint()).isEqualTo("_start");
        assertThat(answer(frozen.snapshot(), frozen.entrypoint(), "/x"))
                .contains("initialised 1")
                .contains("started 1");
    }

    @Test
    @Tag("form.choice")
    void theManifestsEntrypointComesBeforeEveryDefault() {
        FrozenFunction frozen = bench.entrypoint("two").ready(Guests.module("routes-c")).function();
        assertThat(frozen.report().entrypoint()).isEqualTo("two");
        assertThat(answer(frozen.snapshot(), frozen.entrypoint(), "/x")).contains("entry two");
    }

    @Test
    @Tag("form.routes")
    void routesBecomeEntrances() {
        FrozenFunction frozen = bench.ready(Guests.module("routes-c")).function();
        assertThat(frozen.entrances())
                .extracting(Entrance::route)
                .containsExactly(
                        new SubRoute("/one", "one"),
                        new SubRoute("/two/...", "two"),
                        new SubRoute("/items/:id", "item"));
        int two = frozen.entrances().get(1).function();
        assertThat(answer(frozen.snapshot(), two, "/x")).contains("entry two");
    }

    @Test
    @Tag("form.routes")
    void everyBrokenLineOfRoutesIsAProblem() {
        assertThat(bench.problems(Guests.module("routes-broken-c")))
                .hasSizeGreaterThan(1)
                .allMatch(problem -> problem.startsWith("_routes: \""));
    }

    @Test
    void anInitialiserSeesTheFunctionsOwnEnvironmentAndWritesToTheLog() {
        bench.environment("GREETING", "hello");
        FrozenFunction frozen = bench.ready(LoadBench.handmade("environment")).function();
        assertThat(bench.lines()).containsExactly("GREETING=hello\\x00");
        assertThat(answer(frozen.snapshot(), frozen.entrypoint(), "/x"))
                .contains("PATH_INFO=/x")
                .doesNotContain("GREETING");
    }

    @Test
    void theClockBeforeTheFreezeIsWarnedOf() {
        assertThat(bench.ready(LoadBench.handmade("reactor")).warnings())
                .singleElement()
                .asString()
                .contains("read the clock before the freeze");
    }

    @Test
    @Tag("form.frozen-environment")
    void anEnvironmentThatWasFrozenIsRefusedWithTheMendForItsLibc() {
        assertThat(bench.problems(Guests.module("reactor-frozen-env-c")))
                .singleElement()
                .asString()
                .contains("__wasilibc_deinitialize_environ()");
    }

    @Test
    @Tag("form.refused")
    void randomBytesBeforeTheFreezeAreRefusedUnlessTheyAreAllowed() {
        byte[] module = Guests.module("reactor-entropy-c");
        assertThat(bench.problems(module))
                .singleElement()
                .asString()
                .contains("snapshot.allow_entropy = true");
        bench.allowEntropy().ready(module);
    }
}
