package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a server says of a machine that is too small for it. */
class MachineTest {
    private static final long GIB = 1L << 30;

    private static List<Problem> shortages(Machine machine, String... pairs) {
        Map<String, String> flags = new HashMap<>(Map.of("memory.budget", "128MiB"));
        for (int i = 0; i < pairs.length; i += 2) {
            flags.put(pairs[i], pairs[i + 1]);
        }
        return switch (ServerSettings.read(Optional.empty(), Map.of(), flags)) {
            case Parsed.Valid<ServerSettings>(ServerSettings settings) ->
                    machine.shortages(settings);
            case Parsed.Invalid<ServerSettings>(List<Problem> problems) ->
                    throw new AssertionError(problems);
        };
    }

    @Test
    void aMachineThatIsLargeEnoughIsNotTalkedAbout() {
        assertThat(shortages(new Machine(20_000, GIB, 2 * GIB))).isEmpty();
        assertThat(shortages(new Machine(1024, GIB, 2 * GIB), "max_connections", "512")).isEmpty();
    }

    @Test
    void tooFewOpenFilesAreToldWithTheLimitAndTheMend() {
        assertThat(shortages(new Machine(1024, GIB, 2 * GIB)))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.key()).isEqualTo("max_connections");
                    assertThat(problem.message())
                            .isEqualTo(
                                    "1024 files may be open (expected: 20000, two for each"
                                            + " connection)");
                    assertThat(problem.mend()).contains("ulimit -n", "LimitNOFILE");
                });
    }

    @Test
    void aHeapThatIsTooSmallOrTooLargeIsTold() {
        assertThat(shortages(new Machine(20_000, 200L << 20, GIB)))
                .extracting(Problem::message)
                .containsExactly("the heap has 200MiB (expected: 256MiB or more)");
        assertThat(shortages(new Machine(20_000, GIB, GIB)))
                .extracting(Problem::message)
                .containsExactly(
                        "the heap may take 1024MiB of the 1024MiB there are (expected: nine tenths"
                                + " at most)");
    }

    @Test
    void aBudgetThatFillsTheHeapIsTold() {
        assertThat(shortages(new Machine(20_000, GIB, 4 * GIB), "memory.budget", "1GiB"))
                .singleElement()
                .satisfies(problem ->
                        assertThat(problem.message())
                                .isEqualTo(
                                        "1024MiB of a heap of 1024MiB (expected: three quarters at"
                                                + " most)"));
    }

    @Test
    void thisMachineHasFilesHeapAndMemory() {
        Machine here = Machine.here();
        assertThat(here.openFiles()).isPositive();
        assertThat(here.heap()).isLessThanOrEqualTo(here.memory());
    }
}
