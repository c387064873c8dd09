package dev.mayfly.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The properties of {@link Interleavings} hold, and would not if the ledger made a mistake: every
 * fault planted here turns its property red.
 */
final class InterleavingsTest {
    private static final int RUNS = Integer.getInteger("mayfly.fuzz.runs", 0) > 0 ? 2000 : 60;
    private static final int RUNS_UNTIL_A_FAULT_SHOWS = 60;
    private static final long SEED = Long.getLong("mayfly.fuzz.seed", System.nanoTime());

    private static OwnServer server;
    private static Interleavings interleavings;

    @BeforeAll
    static void open() throws Exception {
        server = OwnServer.embedded();
        interleavings = new Interleavings(Registries.fresh(server.url()), SEED);
        System.out.println("interleavings: " + RUNS + " runs, -Dmayfly.fuzz.seed=" + SEED);
    }

    @AfterAll
    static void close() throws IOException {
        interleavings.close();
        server.close();
    }

    @Test
    void ofDeploysAtOneVersionExactlyOneWins() throws Exception {
        interleavings.tryOften(Interleavings::ofDeploysAtOneVersionOneWins, RUNS);
    }

    @Test
    void ofAppsThatClaimOneRouteExactlyOneGetsIt() throws Exception {
        interleavings.tryOften(Interleavings::ofAppsThatClaimOneRouteOneGetsIt, RUNS);
    }

    @Test
    void anIdempotencyKeyUsedAtTheSameMomentIsOneDeploy() throws Exception {
        interleavings.tryOften(Interleavings::aKeyUsedAtTheSameMomentIsOneDeploy, RUNS);
    }

    @Test
    void whateverMeetsAnAppStaysWhole() throws Exception {
        interleavings.tryOften(Interleavings::anAppStaysWhole, RUNS);
    }

    @ParameterizedTest
    @EnumSource
    void aFaultInTheLedgerIsNoticed(LedgerFault fault) throws Exception {
        RegistrySettings settings = Registries.fresh(server.url());
        try (Interleavings faulty = new Interleavings(settings, SEED)) {
            fault.plant(((DatabaseSettings.Server) settings.database()).url());
            Throwable noticed =
                    catchThrowable(
                            () -> faulty.tryOften(fault.property(), RUNS_UNTIL_A_FAULT_SHOWS));
            assertThat(noticed).as("%s, seed %s", fault, SEED).isNotNull();
        }
    }
}
