package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * After any moves whatever the budget counts what is there, and nothing when all is closed. And the
 * check would notice if it did not: every fault planted here turns it red.
 */
class BudgetCensusTest {
    private static final int MOVES = 6_000;
    private static final int MOVES_UNTIL_A_FAULT_SHOWS = 1_000;

    private final long seed = Long.getLong("seed", System.nanoTime());

    @Test
    void afterAnyMovesTheBudgetCountsWhatIsThere() {
        LoggerFactory.getLogger(BudgetCensusTest.class).info("seed {}: -Dseed={}", seed, seed);
        try (var census = new BudgetCensus(seed, BudgetFault.NONE)) {
            assertThat(census.run(MOVES)).as("seed %d", seed).isEmpty();
            for (BudgetCensus.Move move : BudgetCensus.Move.values()) {
                assertThat(census.made(move)).as("%s", move).isGreaterThan(MOVES / 20);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFaultInTheAccountingIsNoticed(BudgetFault fault) {
        try (var census = new BudgetCensus(seed, fault)) {
            assertThat(census.run(MOVES_UNTIL_A_FAULT_SHOWS)).as("seed %d", seed).isNotEmpty();
        }
    }
}
