package dev.mayfly.cli;

import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Somebody at a terminal who answers one question after the other, then ends the input. */
final class Answers implements Keyboard {
    private final Deque<String> typed;
    private final List<String> questions = new ArrayList<>();

    Answers(String... typed) {
        this.typed = new ArrayDeque<>(List.of(typed));
    }

    /** What was asked so far. */
    List<String> questions() {
        return questions;
    }

    @Override
    public boolean isTerminal() {
        return true;
    }

    @Override
    public String ask(String question) {
        questions.add(question);
        return typed.isEmpty() ? "" : typed.pop();
    }

    @Override
    public String askSecretly(String question) {
        return ask(question);
    }

    @Override
    public InputStream input() {
        return InputStream.nullInputStream();
    }
}
