package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What a connection may see, and what is counted against a server. */
class SuccessionTest {
    private final Succession succession = new Succession(2);
    private final Succession.Observer observer = succession.new Observer(0);
    private final Witness.Findings findings = new Witness.Findings();
    private final Witness witness = new Witness(0, observer, findings, new CountDownLatch(1));

    @Test
    void revisionsMayBeSkippedAndSeenForLong() {
        steps(7, 8, 9);
        assertThat(observer.sees(7)).isTrue();
        assertThat(observer.sees(7)).isTrue();
        assertThat(observer.sees(9)).isTrue();
    }

    @Test
    void anOlderRevisionAfterANewerOneIsBackwards() {
        steps(7, 8);
        assertThat(observer.sees(8)).isTrue();
        assertThat(observer.sees(7)).isFalse();
    }

    @Test
    void afterARollBackTheOlderRevisionIsTheNewerStep() {
        steps(7, 8, 7);
        assertThat(observer.sees(8)).isTrue();
        assertThat(observer.sees(7)).isTrue();
        assertThat(observer.sees(8)).isFalse();
    }

    @Test
    void whatWasNeverDeployedIsBackwards() {
        steps(7);
        assertThat(observer.sees(8)).isFalse();
    }

    @Test
    void aStepIsServedEverywhereWhenTheLastGatewayIs() throws Exception {
        steps(7, 8);
        observer.sees(8);
        assertThatThrownBy(() -> succession.awaitEverywhere(1, Duration.ofMillis(1)))
                .hasMessageContaining("step 1");
        Instant before = Instant.now();
        succession.new Observer(1).sees(8);
        assertThat(succession.awaitEverywhere(1, Duration.ofSeconds(1)))
                .isBetween(before, Instant.now());
    }

    @Test
    void whatAnAnswerSaysTwiceMustBeTheSame() {
        steps(7, 8);
        witness.judge(answer(200, "v0007 v0007Rust\nmethod: GET\n"));
        witness.judge(answer(200, "v0008 v0007Rust\n"));
        assertThat(findings.mixed.sum()).isEqualTo(1);
        assertThat(findings.lost.sum() + findings.backwards.sum()).isZero();
    }

    @Test
    void anAnswerThatSaysNoRevisionIsLost() {
        witness.judge(answer(503, "v0007 v0007Rust\n"));
        witness.judge(answer(200, "hello\n"));
        assertThat(findings.lost.sum()).isEqualTo(2);
        assertThat(findings.complaints).hasSize(2);
    }

    private void steps(int... words) {
        for (int word : words) {
            succession.next(word);
        }
    }

    private static Answer answer(int status, String text) {
        return new Answer(status, Map.of(), text.getBytes(ISO_8859_1));
    }
}
