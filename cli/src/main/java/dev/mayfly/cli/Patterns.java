package dev.mayfly.cli;

import java.util.regex.Pattern;

/**
 * Patterns of people, on text of functions. The library recurses for some of them, and ends its
 * stack on a long text: such a text counts as one that does not match.
 */
final class Patterns {
    private Patterns() {}

    static boolean find(Pattern pattern, String text) {
        try {
            return pattern.matcher(text).find();
        } catch (StackOverflowError _) {
            return false;
        }
    }

    static boolean matches(Pattern pattern, String text) {
        try {
            return pattern.matcher(text).matches();
        } catch (StackOverflowError _) {
            return false;
        }
    }
}
