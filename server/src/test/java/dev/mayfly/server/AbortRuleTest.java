package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.registry.AnswerCount;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AbortRuleTest {
    private static AnswerCount count(int status, long count) {
        return new AnswerCount("shop", 3, status, count);
    }

    @Test
    void moreThanTheShareMeetsItAndTheShareItselfDoesNot() {
        AbortRule rule = AbortRule.parse("5xx>1%");
        assertThat(rule.isMetBy(List.of(count(2, 99), count(5, 1)))).isFalse();
        assertThat(rule.isMetBy(List.of(count(2, 98), count(5, 2)))).isTrue();
    }

    @Test
    void aFractionOfAPercentIsNotRounded() {
        AbortRule rule = AbortRule.parse("5xx > 0.25 %");
        assertThat(rule.isMetBy(List.of(count(2, 399), count(5, 1)))).isFalse();
        assertThat(rule.isMetBy(List.of(count(2, 398), count(5, 1)))).isTrue();
    }

    @Test
    void theOtherClassDoesNotCount() {
        assertThat(AbortRule.parse("4xx>0%").isMetBy(List.of(count(5, 1000)))).isFalse();
        assertThat(AbortRule.parse("4xx>0%").isMetBy(List.of(count(4, 1), count(2, 19)))).isTrue();
    }

    @Test
    void fewAnswersSayNothing() {
        AbortRule rule = AbortRule.parse("5xx>1%");
        assertThat(rule.isMetBy(List.of(count(5, 19)))).isFalse();
        assertThat(rule.isMetBy(List.of(count(5, 19), count(0, 1000)))).isFalse();
        assertThat(rule.isMetBy(List.of(count(5, 20)))).isTrue();
        assertThat(rule.isMetBy(List.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5xx", "5xx>", "5xx>1", "3xx>1%", "5xx>100%", "5xx<1%", "p99>1s"})
    void whatIsNoRuleIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> AbortRule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: 5xx>1%");
    }

    @Test
    void aRolloutDoublesUntilItHasAll() {
        assertThat(CanarySteps.next(5)).isEqualTo(10);
        assertThat(CanarySteps.next(40)).isEqualTo(80);
        assertThat(CanarySteps.next(80)).isEqualTo(100);
        assertThat(CanarySteps.next(1)).isEqualTo(2);
    }
}
