package dev.mayfly.cli;

import java.io.Console;
import java.io.InputStream;
import java.util.Optional;

/** This process's standard input. */
final class ProcessKeyboard implements Keyboard {
    @Override
    public boolean isTerminal() {
        return console().isPresent();
    }

    @Override
    public String ask(String question) {
        return console().map(console -> console.readLine("%s", question)).orElse("");
    }

    @Override
    public String askSecretly(String question) {
        return console()
                .map(console -> console.readPassword("%s", question))
                .map(String::new)
                .orElse("");
    }

    @Override
    public InputStream input() {
        return System.in;
    }

    /** One that does not lead to a terminal cannot hide what is typed. */
    private static Optional<Console> console() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal);
    }
}
