package dev.mayfly.registry;

import static dev.mayfly.registry.Sample.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A database that goes away under use, and comes back. */
final class OutageTest {
    @Test
    void callsFailClearlyWhileTheDatabaseIsAwayAndWorkWhenItIsBack() throws Exception {
        try (OwnServer server = OwnServer.embedded();
                Registry registry = Registry.open(Registries.fresh(server.url()))) {
            Sample.upload(registry);
            String app = Sample.name();
            registry.apps().commit(Sample.revision(app), ALICE);
            Heard heard = new Heard();
            try (Following _ = registry.follow(registry.number(), heard);
                    Lease lease = registry.lease("of the outage").orElseThrow()) {
                server.stop();
                assertThat(failure(registry).reason())
                        .isEqualTo(UnavailableException.Reason.UNREACHABLE);
                await().until(() -> heard.timesLost() == 1);
                assertThat(lease.isHeld()).isFalse();
                server.start();
                await().atMost(Duration.ofSeconds(20)).until(() -> isBack(registry, app));
                await().atMost(Duration.ofSeconds(20)).until(() -> heard.timesRegained() == 1);
                registry.apps().commit(Sample.changed(app, "afterwards"), ALICE);
                await().until(() -> heard.changes().size() == 1);
            }
        }
    }

    @Test
    void aRegistryThatWasOpenedBeforeItsDatabaseWorksAsSoonAsThatIsThere() throws Exception {
        try (OwnServer server = OwnServer.embedded()) {
            server.stop();
            try (Registry registry = Registry.openLater(Registries.fresh(server.url()))) {
                assertThat(failure(registry).reason())
                        .isEqualTo(UnavailableException.Reason.UNREACHABLE);
                String sealed = registry.seals().seal("needs", "no database");
                assertThat(registry.seals().open("needs", sealed)).isEqualTo("no database");
                server.start();
                await().atMost(Duration.ofSeconds(20))
                        .ignoreExceptions()
                        .until(() -> registry.number() == 0);
                assertThat(registry.apps().list()).isEmpty();
            }
        }
    }

    private static UnavailableException failure(Registry registry) {
        return catchThrowableOfType(
                UnavailableException.class,
                () -> registry.apps().commit(Sample.revision(Sample.name()), ALICE));
    }

    private static boolean isBack(Registry registry, String app) {
        try {
            return registry.apps().find(app).isPresent();
        } catch (UnavailableException e) {
            return false;
        }
    }

    @Test
    void noErrorHoldsThePasswordOfTheDatabase() throws IOException {
        String planted = "planted-password";
        String url = "postgres://user:" + planted + "@127.0.0.1:" + OwnServer.freePort() + "/db";
        RegistrySettings settings = Registries.fresh(url);
        assertThat(settings.toString()).contains("127.0.0.1").doesNotContain(planted);
        UnavailableException failure =
                catchThrowableOfType(UnavailableException.class, () -> Registry.open(settings));
        assertThat(everythingOf(failure)).contains("cannot be reached").doesNotContain(planted);
        assertThatThrownBy(() -> new DatabaseSettings.Server("mysql://u:" + planted + "@h/d"))
                .hasMessageContaining("expected: postgres://")
                .hasMessageNotContaining(planted);
        assertThatThrownBy(() -> new DatabaseSettings.Server("postgres://u:" + planted + "%@h/d"))
                .hasNoCause()
                .hasMessageNotContaining(planted);
    }

    private static String everythingOf(Throwable failure) {
        java.io.StringWriter text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }
}
