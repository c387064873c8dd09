package dev.mayfly.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Wrong usage that only shows once the arguments are read. */
final class Usage {
    private Usage() {}

    /** {@return what ends the command with the exit code of wrong usage} */
    static ParameterException wrong(@Nullable CommandSpec command, String message) {
        return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
    }
}
