package dev.mayfly.registry;

import static dev.mayfly.registry.Sample.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a sweep takes away and what it leaves, on whatever PostgreSQL. */
abstract class SweepContract {
    private static final Duration SOON = Duration.ofSeconds(1);
    private Registry registry;

    abstract String url();

    @BeforeEach
    void open() {
        Retention retention = new Retention(3, SOON, SOON, SOON, 1000);
        registry = Registry.open(Registries.fresh(url(), retention));
        Sample.upload(registry);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void theNewestAndTheLiveRevisionsStay() {
        String app = Sample.name();
        for (int i = 1; i <= 8; i++) {
            registry.apps().commit(Sample.changed(app, "number " + i), ALICE);
        }
        registry.apps().split(app, Map.of(2, 50, 4, 50), ALICE);
        assertThat(registry.sweep().revisions()).isEqualTo(3);
        assertThat(registry.apps().revisions(app))
                .extracting(Revision.Summary::number)
                .containsExactly(8, 7, 6, 4, 2);
        assertThat(registry.sweep().revisions()).isZero();
    }

    @Test
    void anArtifactStaysWhileSomethingUsesOrHasNamedIt() {
        byte[] bytes = ArtifactsContract.random(100);
        Digest unused = Digest.of(bytes);
        String app = Sample.name();
        registry.apps().commit(Sample.revision(app), ALICE);
        registry.artifacts().append(unused, 100, 0, bytes);
        assertThat(registry.sweep().artifacts()).isZero();
        await().until(() -> registry.sweep().artifacts() == 1);
        assertThat(registry.artifacts().missing(List.of(unused, Sample.DIGEST)))
                .containsExactly(unused);
        registry.apps().delete(app, ALICE);
        await().until(() -> registry.sweep().artifacts() == 1);
        assertThat(registry.artifacts().find(Sample.DIGEST)).isEmpty();
    }

    @Test
    void forgottenKeysAndOldLinesGoAndAWatcherFromBeforeIsTold() {
        String app = Sample.name();
        registry.apps().commit(Sample.revision(app), ALICE.once("a key"));
        await().until(() -> registry.sweep().changes() == 1);
        assertThat(registry.apps().commit(Sample.changed(app, "b"), ALICE.once("a key")))
                .isInstanceOf(ChangeResult.Done.class);
        Heard heard = new Heard();
        try (Following _ = registry.follow(0, heard)) {
            await().until(() -> heard.changes().size() == 1);
        }
        assertThat(heard.missedUpTo()).isEqualTo(1);
    }
}
