package dev.mayfly.cli;

import java.util.Optional;
import java.util.function.Function;

/**
 * Something a person is asked until the answer can be used.
 *
 * @param surroundings where the person is
 * @param text what is asked
 * @param wrong what is wrong with an answer, if anything
 */
record Question(Surroundings surroundings, String text, Function<String, Optional<String>> wrong) {
    private static final int ATTEMPTS = 3;

    /**
     * {@return the answer; none where nobody can be asked, or after three that cannot be used}
     *
     * @param usual meant by an empty answer; empty for none
     */
    Optional<String> ask(String usual) {
        if (!surroundings.keyboard().isTerminal()) {
            return Optional.empty();
        }
        String prompt = usual.isEmpty() ? text + ": " : text + " [" + usual + "]: ";
        for (int i = 0; i < ATTEMPTS; i++) {
            String typed = surroundings.keyboard().ask(prompt).strip();
            String answer = typed.isEmpty() ? usual : typed;
            Optional<String> objection = wrong.apply(answer);
            if (objection.isEmpty()) {
                return Optional.of(answer);
            }
            surroundings.err().println("  " + objection.get());
        }
        return Optional.empty();
    }
}
