package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What a person reads when a command cannot do its work: the failure and the way on, no stack
 * trace.
 */
final class Complaints {
    /** Set to anything: the whole stack trace of a failure is printed. */
    static final String TRACE = "MAYFLY_TRACE";

    private final Surroundings surroundings;

    Complaints(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    int usage(ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        if (arguments.length == 0) {
            command.usage(surroundings.err());
            return Exit.USAGE.code();
        }
        surroundings.err().println(name + ": " + mistake.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(mistake, surroundings.err())) {
            surroundings.err().println("  " + name + " --help lists what it takes.");
        }
        return Exit.USAGE.code();
    }

    int failure(Exception failure, CommandLine command, ParseResult arguments) {
        String name = command.getCommandSpec().qualifiedName();
        if (surroundings.environment().containsKey(TRACE)) {
            failure.printStackTrace(surroundings.err());
        }
        if (failure instanceof IOException unreadable) {
            surroundings.err().println(name + ": " + reason(unreadable));
        } else {
            surroundings.err().println(name + ": a fault of mayfly itself: " + failure);
            surroundings
                    .err()
                    .println(
                            "  please report it with the output of " + TRACE + "=1 " + name + " …");
        }
        return Exit.FAILURE.code();
    }

    /** {@return what went wrong with a file, as a person says it} */
    static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException missing -> missing.getFile() + ": no such file";
            case AccessDeniedException denied -> denied.getFile() + ": no permission";
            case FileSystemException file when file.getReason() != null ->
                    file.getFile() + ": " + file.getReason();
            default ->
                    Optional.ofNullable(failure.getMessage())
                            .orElseGet(() -> failure.getClass().getSimpleName());
        };
    }
}
