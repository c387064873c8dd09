package dev.mayfly.cli;

import java.io.InputStream;

/**
 * Somebody at a terminal who answers every question alike.
 *
 * @param answer what is typed
 */
record Person(String answer) implements Keyboard {
    @Override
    public boolean isTerminal() {
        return true;
    }

    @Override
    public String ask(String question) {
        return answer;
    }

    @Override
    public String askSecretly(String question) {
        return answer;
    }

    @Override
    public InputStream input() {
        return InputStream.nullInputStream();
    }
}
