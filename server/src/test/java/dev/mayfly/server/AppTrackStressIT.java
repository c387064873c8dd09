package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.gateway.Gateway;
import dev.mayfly.registry.DatabaseSettings;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.RegistrySettings;
import dev.mayfly.server.TrackCourse.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever order changes of an app are told in, its gateway ends with the last one and never goes
 * back, and who waited for a change finds it. {@code -Pfaults} runs a long slice.
 */
class AppTrackStressIT {
    private static final int COURSES = Integer.getInteger("mayfly.fuzz.runs", 0) > 0 ? 2000 : 60;
    private static final int UNTIL_A_FAULT_SHOWS = 40;
    private static final long SEED = Long.getLong("mayfly.fuzz.seed", System.nanoTime());

    /** Nothing listens there, and nobody asks it. */
    private static final String NO_DATABASE = "postgres://nobody@127.0.0.1:1/none";

    @TempDir Path folder;
    private Registry registry;
    private Gateway gateway;
    private Preparer preparer;
    private LastKnown known;

    @BeforeEach
    void open() throws IOException {
        registry =
                Registry.openLater(
                        RegistrySettings.defaults(
                                new DatabaseSettings.Server(NO_DATABASE), folder));
        gateway = Gateway.open(LiveServer.settings(folder, NO_DATABASE));
        Path apps = Files.createDirectories(folder.resolve("apps"));
        Path artifacts = Files.createDirectories(folder.resolve("artifacts"));
        Path kept = Files.createDirectories(folder.resolve("known"));
        preparer = new Preparer(new Layouts(apps, new ArtifactCache(artifacts, registry)), gateway);
        known = new LastKnown(kept, registry.seals());
    }

    @AfterEach
    void close() {
        gateway.close();
        registry.close();
    }

    private TrackCourse course(long seed, Fault fault) {
        return new TrackCourse(seed, gateway, preparer, known, fault);
    }

    @Test
    void anAppEndsWithItsLastChangeAndNeverGoesBack() throws Exception {
        System.out.printf("AppTrackStressIT: %d courses, mayfly.fuzz.seed=%d%n", COURSES, SEED);
        for (int i = 0; i < COURSES; i++) {
            assertThat(course(SEED + i, Fault.NONE).run()).as("seed %d", SEED + i).isEmpty();
        }
    }

    @Test
    void anOldAnswerNeverBringsAnOldRevisionBack() throws Exception {
        for (int i = 0; i < COURSES / 3; i++) {
            assertThat(course(SEED + i, Fault.THE_ANSWER_IS_OLD).run())
                    .as("seed %d", SEED + i)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AN_OLD_REVISION_IS_TOLD_AS_NEW", "A_CHANGE_IS_NOT_TOLD"})
    void aFaultInWhatATrackIsToldIsNoticed(Fault fault) throws Exception {
        for (int i = 0; i < UNTIL_A_FAULT_SHOWS; i++) {
            if (!course(SEED + i, fault).run().isEmpty()) {
                return;
            }
        }
        assertThat(fault).as("seed %d: nothing was noticed", SEED).isNull();
    }
}
