package dev.mayfly.pool;

import static dev.mayfly.pool.Isolation.Event.COMPARED;
import static dev.mayfly.pool.Isolation.Event.COMPARED_WITH_ALL_CLASSES;
import static dev.mayfly.pool.Isolation.Event.EXITED;
import static dev.mayfly.pool.Isolation.Event.FLOODED;
import static dev.mayfly.pool.Isolation.Event.GREW;
import static dev.mayfly.pool.Isolation.Event.INTERRUPTED;
import static dev.mayfly.pool.Isolation.Event.RESET;
import static dev.mayfly.pool.Isolation.Event.SOUGHT;
import static dev.mayfly.pool.Isolation.Event.TRAPPED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.dylibso.chicory.wasm.WasmModule;
import dev.mayfly.pool.Isolation.Guests;
import dev.mayfly.pool.Isolation.Lean;
import dev.mayfly.pool.Isolation.Subject;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * After any run whatever a sandbox equals its snapshot, or is gone. And the check would notice if
 * it did not: every fault planted here turns it red.
 */
class IsolationTest {
    private static final int RUNS = 110_000;
    private static final int RUNS_UNTIL_A_FAULT_SHOWS = 20_000;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void afterAnyRunASandboxEqualsItsSnapshotOrIsGone() {
        LoggerFactory.getLogger(IsolationTest.class).info("seed {}: -Dseed={}", seed, seed);
        try (var interrupter = new Interrupter()) {
            var subject = Subject.of(SandboxParts.STANDARD, Guests.BOTH);
            var isolation = new Isolation(seed, subject, interrupter, 48).run(RUNS);
            assertThat(isolation.violations()).as("seed %d", seed).isEmpty();
            for (var event : new Isolation.Event[] {RESET, EXITED, TRAPPED, GREW, COMPARED}) {
                assertThat(isolation.happened(event)).as("%s", event).isGreaterThan(RUNS / 20);
            }
            assertThat(isolation.happened(COMPARED_WITH_ALL_CLASSES)).isGreaterThan(RUNS / 50);
            for (var event : new Isolation.Event[] {INTERRUPTED, FLOODED, SOUGHT}) {
                assertThat(isolation.happened(event)).as("%s", event).isGreaterThan(RUNS / 1000);
            }
        }
    }

    static Stream<Arguments> faults() {
        return Stream.of(Guests.COMPILED, Guests.INTERPRETED_IN_PART)
                .flatMap(guests ->
                        Stream.of(PlantedFault.values())
                                .filter(fault -> fault.showsIn(guests))
                                .map(fault -> arguments(fault, guests)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultInTheRestoreIsNoticed(PlantedFault fault, Guests guests) {
        assertNoticed(Subject.of(fault.parts(), guests));
    }

    @Test
    void aFunctionTakenOutOfTheClassesThatATableCanHoldIsNoticed() throws UnloadableException {
        WasmModule without = ModuleReader.parse(WasmBytes.command(WasmBytes.body()));
        Lean withoutTables = (all, _, layout) -> LeanClasses.of(all, without, layout);
        assertNoticed(new Subject(SandboxParts.STANDARD, withoutTables, Guests.COMPILED));
    }

    private void assertNoticed(Subject subject) {
        try (var interrupter = new Interrupter()) {
            var isolation =
                    new Isolation(seed, subject, interrupter, 12).run(RUNS_UNTIL_A_FAULT_SHOWS);
            assertThat(isolation.violations()).as("seed %d", seed).isNotEmpty();
        }
    }
}
