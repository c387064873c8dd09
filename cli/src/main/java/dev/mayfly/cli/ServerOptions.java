package dev.mayfly.cli;

import java.io.IOException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/** The options of every command that asks a server. */
final class ServerOptions {
    @Mixin private ServerChoice choice = new ServerChoice();

    @Mixin private OutputOption output = new OutputOption();

    /** {@return the conversation with the server that is meant} */
    Session open(Surroundings surroundings) throws IOException {
        return new Session(choice.connect(surroundings), surroundings, output.format());
    }

    /** {@return what ends the command as wrong usage} */
    ParameterException misused(String message) {
        return choice.misused(message);
    }

    OutputFormat output() {
        return output.format();
    }
}
