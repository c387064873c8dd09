package dev.mayfly.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Standard input without a person.
 *
 * @param text all of it
 */
record Piped(String text) implements Keyboard {
    static final Keyboard NOTHING = new Piped("");

    @Override
    public boolean isTerminal() {
        return false;
    }

    @Override
    public String ask(String question) {
        return "";
    }

    @Override
    public String askSecretly(String question) {
        return "";
    }

    @Override
    public InputStream input() {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
