package dev.mayfly.server;

import dev.mayfly.registry.AnswerCount;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a rollout is taken back: {@code 5xx>1%}, more than one of a hundred answers of the new
 * revision has a status of that class. Answers whose client had gone do not count.
 *
 * @param statusClass first digit of the status, 4 or 5
 * @param percent 0 to 99.99
 */
record AbortRule(int statusClass, BigDecimal percent) {
    /** Fewer answers say nothing: one failure among three would be a third. */
    static final int LEAST_ANSWERS = 20;

    private static final Pattern FORM =
            Pattern.compile("([45])xx\\s*>\\s*(\\d{1,2}(?:\\.\\d{1,2})?)\\s*%");

    /** Reads {@code text}; throws with what was expected. */
    static AbortRule parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" (expected: 5xx>1% or 4xx>2.5%, a percentage below 100)");
        }
        return new AbortRule(Integer.parseInt(form.group(1)), new BigDecimal(form.group(2)));
    }

    /** Whether the answers of a revision meet it. */
    boolean isMetBy(List<AnswerCount> answered) {
        long all = 0;
        long bad = 0;
        for (AnswerCount count : answered) {
            all += count.status() == 0 ? 0 : count.count();
            bad += count.status() == statusClass ? count.count() : 0;
        }
        // bad / all > percent / 100, without rounding
        return all >= LEAST_ANSWERS
                && BigDecimal.valueOf(bad)
                                .scaleByPowerOfTen(2)
                                .compareTo(percent.multiply(BigDecimal.valueOf(all)))
                        > 0;
    }

    @Override
    public String toString() {
        return statusClass + "xx>" + percent.toPlainString() + "%";
    }
}
