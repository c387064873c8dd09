package dev.mayfly.kafka;

import java.util.List;

/**
 * Which app may use which topics; what no rule allows is denied.
 *
 * @param rules any of them allows
 */
public record TopicRules(List<Rule> rules) {
    /** Copies the list in. */
    public TopicRules {
        rules = List.copyOf(rules);
    }

    /**
     * Allows apps topics. In both, {@code *} stands for any characters.
     *
     * @param app the app's name
     * @param topic the topic's name
     */
    public record Rule(String app, String topic) {}

    /**
     * {@return whether a rule allows it}
     *
     * @param app the app's name
     * @param topic the topic's name
     */
    public boolean allow(String app, String topic) {
        return rules.stream()
                .anyMatch(rule -> matches(rule.app(), app) && matches(rule.topic(), topic));
    }

    private static boolean matches(String pattern, String text) {
        String[] parts = pattern.split("\\*", -1);
        if (parts.length == 1) {
            return pattern.equals(text);
        }
        if (!text.startsWith(parts[0])) {
            return false;
        }
        int at = parts[0].length();
        for (int i = 1; i < parts.length - 1; i++) {
            int found = text.indexOf(parts[i], at);
            if (found < 0) {
                return false;
            }
            at = found + parts[i].length();
        }
        String last = parts[parts.length - 1];
        return text.length() - at >= last.length() && text.endsWith(last);
    }
}
