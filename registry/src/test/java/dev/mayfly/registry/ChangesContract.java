package dev.mayfly.registry;

import static dev.mayfly.registry.Sample.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the change feed, leases and the audit log promise, on whatever PostgreSQL. */
abstract class ChangesContract {
    abstract Registry registry();

    @Test
    void aWatcherHearsEveryChangeOnceInItsOrder() {
        String app = Sample.name();
        long before = registry().number();
        Heard heard = new Heard();
        try (Following following = registry().follow(before, heard)) {
            for (int i = 0; i < 50; i++) {
                registry().apps().commit(Sample.changed(app, "change " + i), ALICE);
            }
            await().until(() -> heard.changes().size() >= 50);
            assertThat(following.number()).isGreaterThanOrEqualTo(before + 50);
        }
        List<Long> numbers = heard.changes().stream().map(Change::number).toList();
        assertThat(numbers)
                .isEqualTo(LongStream.rangeClosed(before + 1, before + 50).boxed().toList());
        assertThat(heard.changes().getFirst().subject().app()).isEqualTo(app);
        assertThat(heard.changes().getFirst().action()).isEqualTo("deploy");
    }

    @Test
    void whatAWatcherFailsOnIsToldAgain() {
        Heard heard = new Heard();
        heard.failOnce();
        try (Following _ = registry().follow(registry().number(), heard)) {
            registry().apps().commit(Sample.revision(Sample.name()), ALICE);
            await().until(() -> heard.changes().size() == 1);
        }
        assertThat(heard.changes()).hasSize(1);
    }

    @Test
    void aLeaseIsOfOneAtATime() {
        String name = Sample.name();
        try (Lease lease = registry().lease(name).orElseThrow()) {
            assertThat(lease.isHeld()).isTrue();
            assertThat(registry().lease(name)).isEmpty();
            try (Lease other = registry().lease("another " + name).orElseThrow()) {
                assertThat(other.isHeld()).isTrue();
            }
        }
        Optional<Lease> again = await().until(() -> registry().lease(name), Optional::isPresent);
        again.orElseThrow().close();
        assertThat(again.orElseThrow().isHeld()).isFalse();
    }

    @Test
    void theAuditLogIsReadBackwardsPageByPage() {
        String app = Sample.name();
        registry().apps().commit(Sample.revision(app), ALICE);
        registry().apps().commit(Sample.changed(app, "second"), Intent.of("bob"));
        registry().apps().rollback(app, ALICE);
        registry().apps().rollback(app, ALICE);
        List<Change> newest = registry().audit(app, Long.MAX_VALUE, 2);
        assertThat(newest).extracting(Change::action).containsExactly("rollback", "deploy");
        assertThat(newest).extracting(Change::who).containsExactly("alice", "bob");
        List<Change> older = registry().audit(app, newest.getLast().number(), 10);
        assertThat(older).hasSize(1);
        assertThat(older.getFirst().subject()).isEqualTo(new Change.Subject(app, 1, "first"));
    }
}
