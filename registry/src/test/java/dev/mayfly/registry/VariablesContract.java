package dev.mayfly.registry;

import static dev.mayfly.registry.Sample.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What variables and secrets promise, on whatever PostgreSQL. */
abstract class VariablesContract {
    private static final String PLANTED = "planted-secret-of-an-app";

    abstract Registry registry();

    private Variables variables() {
        return registry().variables();
    }

    private static String demanding(String app) {
        return Sample.manifest(app, "{{ host }}", "/...", "")
                + "[variables]\nhost = { required = true }\nkey = { required = true, secret = true"
                + " }\n";
    }

    @Test
    void aRunSeesVariablesAndSecretsAndNobodyElseSeesSecrets() {
        String app = Sample.name();
        variables().set(app, Map.of("greeting", "hello", "name", "x"), ALICE);
        variables().setSecrets(app, Map.of("key", PLANTED), ALICE);
        assertThat(variables().forRun(app))
                .isEqualTo(Map.of("greeting", "hello", "name", "x", "key", PLANTED));
        assertThat(variables().shown(app)).isEqualTo(Map.of("greeting", "hello", "name", "x"));
        assertThat(variables().secrets(app))
                .extracting(Variables.SecretName::name)
                .containsExactly("key");
        assertThat(registry().audit(app, Long.MAX_VALUE, 10).toString())
                .contains("set-secrets", "key")
                .doesNotContain(PLANTED);
    }

    @Test
    void aNameIsAVariableOrASecret() {
        String app = Sample.name();
        variables().set(app, Map.of("key", "shown"), ALICE);
        variables().setSecrets(app, Map.of("key", PLANTED), ALICE);
        assertThat(variables().shown(app)).isEmpty();
        variables().set(app, Map.of("key", "shown again"), ALICE);
        assertThat(variables().secrets(app)).isEmpty();
        assertThat(variables().forRun(app)).isEqualTo(Map.of("key", "shown again"));
        variables().remove(app, "key", ALICE);
        assertThat(variables().forRun(app)).isEmpty();
        assertThat(variables().remove(app, "key", ALICE)).isInstanceOf(ChangeResult.NotFound.class);
    }

    @Test
    void settingAndRemovingIsOneChangeOrNone() {
        String app = Sample.name();
        variables().set(app, Map.of("a", "1", "b", "2"), ALICE);
        variables().setSecrets(app, Map.of("key", PLANTED), ALICE);
        long version = registry().apps().find(app).orElseThrow().version();
        ChangeResult done =
                variables().set(app, Map.of("c", "3"), Set.of("a", "b"), ALICE.ifAt(version));
        assertThat(done).isInstanceOf(ChangeResult.Done.class);
        assertThat(variables().shown(app)).isEqualTo(Map.of("c", "3"));
        assertThat(variables().set(app, Map.of("d", "4"), Set.of("c", "key"), ALICE))
                .isInstanceOf(ChangeResult.NotFound.class);
        assertThat(variables().shown(app)).isEqualTo(Map.of("c", "3"));
        assertThat(variables().setSecrets(app, Map.of("other", PLANTED), Set.of("key"), ALICE))
                .isInstanceOf(ChangeResult.Done.class);
        assertThat(variables().forRun(app)).isEqualTo(Map.of("c", "3", "other", PLANTED));
    }

    @Test
    void aRehearsalAnswersAsTheChangeWouldAndChangesNothing() {
        String app = Sample.name();
        variables().set(app, Map.of("a", "1"), ALICE);
        long number = registry().number();
        Intent once = ALICE.once("rehearsed-" + app);
        assertThat(registry().rehearse(() -> variables().set(app, Map.of("a", "2"), once)))
                .isInstanceOf(ChangeResult.Done.class);
        assertThat(registry().rehearse(() -> variables().set(app, Map.of(), ALICE.ifAt(0))))
                .isInstanceOf(ChangeResult.Stale.class);
        assertThat(registry().rehearse(() -> registry().apps().activate(app, 9, ALICE)))
                .isInstanceOf(ChangeResult.NotFound.class);
        assertThat(variables().shown(app)).isEqualTo(Map.of("a", "1"));
        assertThat(registry().number()).isEqualTo(number);
        assertThat(variables().set(app, Map.of("a", "3"), once))
                .isInstanceOf(ChangeResult.Done.class);
    }

    @Test
    void everyChangeOfAVariableIsAChangeOfItsApp() {
        String app = Sample.name();
        variables().set(app, Map.of("a", "1"), ALICE);
        long first = registry().apps().find(app).orElseThrow().version();
        variables().setSecrets(app, Map.of("b", "2"), ALICE.ifAt(first));
        long second = registry().apps().find(app).orElseThrow().version();
        assertThat(second).isGreaterThan(first);
        assertThat(variables().set(app, Map.of("a", "3"), ALICE.ifAt(first)))
                .isEqualTo(new ChangeResult.Stale(second));
    }

    @Test
    void aDeployNeedsWhatItsManifestRequires() {
        String app = Sample.name();
        NewRevision revision = Sample.revision(demanding(app), "");
        assertThat(registry().apps().commit(revision, ALICE))
                .isInstanceOf(ChangeResult.Invalid.class);
        assertThat(registry().apps().find(app)).isEmpty();
        variables().set(app, Map.of("host", app + ".example", "unused", "fine"), ALICE);
        variables().setSecrets(app, Map.of("key", PLANTED), ALICE);
        assertThat(registry().apps().commit(revision, ALICE)).isInstanceOf(ChangeResult.Done.class);
        assertThat(variables().remove(app, "key", ALICE)).isInstanceOf(ChangeResult.Invalid.class);
        assertThat(variables().forRun(app)).containsEntry("key", PLANTED);
    }

    @Test
    void aHostInAVariableIsClaimedWhenTheVariableChanges() {
        String one = Sample.name();
        String two = Sample.name();
        for (String app : new String[] {one, two}) {
            variables().set(app, Map.of("host", app + ".example"), ALICE);
            variables().setSecrets(app, Map.of("key", PLANTED), ALICE);
            registry().apps().commit(Sample.revision(demanding(app), ""), ALICE);
        }
        assertThat(variables().set(two, Map.of("host", one + ".example"), ALICE))
                .isInstanceOf(ChangeResult.RoutesTaken.class);
        assertThat(variables().shown(two)).isEqualTo(Map.of("host", two + ".example"));
    }

    @Test
    void aRotationSealsEverySecretAnew() {
        String app = Sample.name();
        variables().setSecrets(app, Map.of("key", PLANTED), ALICE);
        String before = variables().secrets(app).getFirst().keyId();
        assertThat(variables().rotateKeys("alice")).isPositive();
        assertThat(variables().secrets(app).getFirst().keyId()).isNotEqualTo(before);
        assertThat(variables().forRun(app)).isEqualTo(Map.of("key", PLANTED));
    }

    @Test
    void aSecretUnderAnIdempotencyKeyIsKnownAgainByItsValue() {
        String app = Sample.name();
        Intent once = ALICE.once("secret of " + app);
        variables().setSecrets(app, Map.of("key", PLANTED), once);
        assertThat(variables().setSecrets(app, Map.of("key", PLANTED), once))
                .isInstanceOfSatisfying(
                        ChangeResult.Done.class, done -> assertThat(done.replayed()).isTrue());
        assertThat(variables().setSecrets(app, Map.of("key", "other"), once))
                .isInstanceOf(ChangeResult.KeyReused.class);
    }

    @Test
    void namesAreThoseOfAppToml() {
        assertThatThrownBy(() -> variables().set("app", Map.of("Not-one", PLANTED), ALICE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Not-one")
                .hasMessageNotContaining(PLANTED);
        assertThatThrownBy(() -> variables().set("App", Map.of(), ALICE))
                .hasMessageContaining("app \"App\"");
        assertThatThrownBy(
                        () -> variables().setSecrets("app", Map.of("key", PLANTED + "\0"), ALICE))
                .hasMessageContaining("NUL")
                .hasMessageNotContaining(PLANTED);
    }
}
