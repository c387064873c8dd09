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
        return switch (failure) {
            case RefusedException refused -> refusal(refused, name).code();
            case UnreachableException unreachable ->
                    complain(name, reason(unreachable), unreachable.mend(), Exit.UNREACHABLE);
            case IOException unreadable -> complain(name, reason(unreadable), "", Exit.FAILURE);
            default ->
                    complain(
                            name,
                            "a fault of mayfly itself: " + failure,
                            "please report it with the output of " + TRACE + "=1 " + name + " …",
                            Exit.FAILURE);
        };
    }

    private Exit refusal(RefusedException refused, String name) {
        new RefusalReport(surroundings, name).print(refused);
        return refused.exit();
    }

    private int complain(String name, String message, String mend, Exit exit) {
        surroundings.err().println(name + ": " + message);
        if (!mend.isEmpty()) {
            surroundings.err().println("  " + mend);
        }
        return exit.code();
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
