package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a request's way through a module before its first. */
class SurveyTest {
    private static final int[] CALL_1 = {0x10, 1};
    private static final int[] CALL_2 = {0x10, 2};
    private static final int[] FOR_EVER = {0x03, 0x40, 0x0C, 0, 0x0B};
    private static final int TRAP = 0x00;

    @TempDir private Path folder;

    @Test
    void aRequestReachesAPartOfItsModuleInOneOrder() throws Exception {
        byte[] module = Guests.module("hello-rust");
        List<Integer> reached = surveyed(module);
        int start = read(module).exports().index("_start");
        int functions = read(module).outline().bodies().size();
        assertThat(reached).startsWith(start).hasSizeBetween(20, functions / 2);
        assertThat(surveyed(module)).isEqualTo(reached);
    }

    @Test
    void aGuestThatTrapsHasReachedWhatItDid() throws Exception {
        byte[] module = calling(WasmBytes.body(TRAP), WasmBytes.body());
        assertThat(surveyed(module)).containsExactly(0, 1);
    }

    @Test
    void aGuestThatDoesNotEndIsEndedAndIsLoaded() throws Exception {
        byte[] module = calling(WasmBytes.body(FOR_EVER), WasmBytes.body());
        assertThat(surveyed(module)).containsExactly(0, 1);
        assertThat(new LoadBench(folder).load(module)).isInstanceOf(Loading.Ready.class);
    }

    @Test
    void whatInitialisersReachIsNotTheRequests() throws Exception {
        byte[] module = Guests.module("reactor-c");
        assertThat(surveyed(module)).startsWith(read(module).exports().index("handle"));
    }

    @Test
    void whatARequestHasInCommonWithAnInitialiserIsTheRequestsToo() throws Exception {
        WasmBytes calling = WasmBytes.body(CALL_2);
        byte[] module = reactor(calling, calling, WasmBytes.body());
        assertThat(surveyed(module)).containsExactly(1, 2);
    }

    @Test
    void nothingIsKnownOfAModuleWhoseInitialiserFails() throws Exception {
        byte[] module = reactor(WasmBytes.body(TRAP), WasmBytes.body());
        assertThat(surveyed(module)).isEmpty();
    }

    @Test
    void nobodyHearsWhatItSays() {
        LoadBench bench = new LoadBench(folder);
        bench.ready(Guests.module("echo-c"));
        assertThat(bench.lines()).isEmpty();
    }

    @Test
    void aThawedFunctionAnswersFromTheClassesOfWhatIsReached() {
        LoadBench bench = new LoadBench(folder);
        FrozenFunction frozen = bench.ready(Guests.module("hello-c")).function();
        String answer = LoadBench.answer(frozen.snapshot(), frozen.entrypoint(), "/");
        LoadBench another = new LoadBench(folder);
        Optional<FrozenFunction> thawed = another.thaw(frozen);
        assertThat(thawed)
                .hasValueSatisfying(again ->
                        assertThat(LoadBench.answer(again.snapshot(), again.entrypoint(), "/"))
                                .isEqualTo(answer));
    }

    private static byte[] reactor(WasmBytes... bodies) {
        return WasmBytes.module(
                WasmBytes.oneType(),
                WasmBytes.functions(bodies.length),
                WasmBytes.reactorExports(),
                WasmBytes.code(bodies));
    }

    /** A command that calls its second function. */
    private static byte[] calling(WasmBytes second, WasmBytes third) {
        return WasmBytes.module(
                WasmBytes.oneType(),
                WasmBytes.functions(3),
                WasmBytes.export("_start", 0),
                WasmBytes.code(WasmBytes.body(CALL_1), second, third));
    }

    private List<Integer> surveyed(byte[] module) throws Exception {
        ReadModule read = read(module);
        Plan plan = Plan.of(read.exports(), Optional.empty(), new Findings());
        CompiledClasses all = ModuleCompiler.compile(read.module(), read.outline());
        return new Survey(new LoadBench(folder).request(module), plan).of(read, all);
    }

    private static ReadModule read(byte[] module) throws UnloadableException {
        var parsed = ModuleReader.parse(module);
        return new ReadModule(
                module,
                ModuleReader.digest(module),
                parsed,
                new ModuleExports(parsed),
                ModuleReader.outline(module),
                Optional.empty());
    }
}
