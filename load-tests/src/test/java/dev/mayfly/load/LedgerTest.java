package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.load.Ledger.Findings;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final int COUNT = 20_000;

    private final Orders orders = new Orders(COUNT);
    private final Ledger ledger = new Ledger(orders, COUNT);

    @Test
    void anOrderHasItsSizeAndTheWorkMakesOfItWhatTheLedgerAwaits() throws IOException {
        OrderWork work = new OrderWork();
        for (int n = 0; n < 500; n++) {
            assertThat(orders.value(n)).hasSize(Orders.BYTES);
            assertThat(orders.answer(n)).hasSize(Orders.ANSWER_BYTES);
            assertThat(work.answer(orders.value(n))).isEqualTo(orders.answer(n));
        }
    }

    @Test
    void eachOrderIsFoundAgainByKeyAndNumber() {
        assertThat(IntStream.range(0, COUNT))
                .allSatisfy(n ->
                        assertThat(orders.find(new String(orders.key(n), UTF_8), orders.number(n)))
                                .isEqualTo(n));
        assertThat(orders.find("customer-00001", COUNT)).isNegative();
        assertThat(orders.find("somebody", 0)).isNegative();
    }

    @Test
    void whatIsAnsweredOnceAndInOrderIsFlawless() throws IOException {
        for (int n = 0; n < COUNT; n++) {
            ledger.take(orders.answer(n), 1_000 + n / 10);
        }
        assertThat(ledger.findings()).isEqualTo(Findings.NONE);
        assertThat(ledger.perSecond()).isBetween(9_900.0, 10_100.0);
        assertThat(ledger.appended(COUNT - 1)).isEqualTo(1_000 + (COUNT - 1) / 10);
    }

    @Test
    void whatIsMissingDoubleOrStrangeIsCounted() throws IOException {
        for (int n = 1; n < COUNT; n++) {
            ledger.take(orders.answer(n), n);
        }
        ledger.take(orders.answer(5), COUNT);
        ledger.take("{\"key\":\"customer-00001\",\"number\":0}".getBytes(UTF_8), COUNT);
        assertThat(ledger.findings()).isEqualTo(new Findings(1, 0, 1, 1));
        assertThat(ledger.has(0)).isFalse();
    }

    @Test
    void aFirstAnswerAfterALaterOneOfItsKeyIsAViolationAndASecondOneIsNone() throws IOException {
        int[] ofOneKey =
                IntStream.range(0, COUNT)
                        .filter(n -> orders.keyIndex(n) == orders.keyIndex(0))
                        .limit(3)
                        .toArray();
        for (int n : new int[] {ofOneKey[0], ofOneKey[2], ofOneKey[0], ofOneKey[1]}) {
            ledger.take(orders.answer(n), n);
        }
        assertThat(ledger.findings()).isEqualTo(new Findings(COUNT - 3, 1, 1, 0));
    }
}
