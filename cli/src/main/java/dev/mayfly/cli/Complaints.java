package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
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
        if (isJson(List.of(arguments))) {
            String mend = name + " --help lists what it takes";
            new ProblemLine(surroundings)
                    .print("usage", String.valueOf(mistake.getMessage()), mend);
            return Exit.USAGE.code();
        }
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
        boolean json = isJson(command);
        return switch (failure) {
            case RefusedException refused -> refusal(refused, name, json).code();
            case StoppedException stopped -> stop(stopped, name, json).code();
            case UnreachableException unreachable ->
                    complain(
                            new Complaint(name, reason(unreachable), unreachable.mend()),
                            Exit.UNREACHABLE,
                            json);
            case IOException unreadable ->
                    complain(new Complaint(name, reason(unreadable), ""), Exit.FAILURE, json);
            default ->
                    complain(
                            new Complaint(
                                    name,
                                    "a fault of mayfly itself: " + failure,
                                    "please report it with the output of "
                                            + TRACE
                                            + "=1 "
                                            + name
                                            + " …"),
                            Exit.FAILURE,
                            json);
        };
    }

    /** As typed: what is wrong with the arguments may be why they were not read. */
    private static boolean isJson(List<String> arguments) {
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i).toLowerCase(Locale.ROOT);
            boolean alone = argument.equals("--output") || argument.equals("-o");
            if (argument.equals("--output=json")
                    || argument.equals("-o=json")
                    || argument.equals("-ojson")
                    || (alone
                            && i + 1 < arguments.size()
                            && arguments.get(i + 1).equalsIgnoreCase("json"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isJson(CommandLine command) {
        @Nullable OptionSpec output = command.getCommandSpec().findOption("--output");
        return output != null && output.getValue() == OutputFormat.JSON;
    }

    private Exit refusal(RefusedException refused, String name, boolean json) {
        if (json) {
            new ProblemLine(surroundings).print(refused.problem());
        } else {
            new RefusalReport(surroundings, name).print(refused);
        }
        return refused.exit();
    }

    private Exit stop(StoppedException stopped, String name, boolean json) {
        if (!stopped.problems().isEmpty() && json) {
            new ProblemLine(surroundings).print(stopped.file(), stopped.problems());
            return stopped.exit();
        }
        if (!stopped.problems().isEmpty()) {
            new ProblemReport(surroundings).print(stopped.file(), stopped.problems());
        }
        complain(new Complaint(name, reason(stopped), stopped.mend()), stopped.exit(), json);
        return stopped.exit();
    }

    /** What a person reads: whose, what, and what to do. */
    private record Complaint(String name, String message, String mend) {}

    private int complain(Complaint complaint, Exit exit, boolean json) {
        if (json) {
            String kind =
                    switch (exit) {
                        case UNREACHABLE -> "unreachable";
                        case USAGE -> "usage";
                        case INVALID -> "invalid";
                        case OK, FAILURE, REFUSED -> "failed";
                    };
            new ProblemLine(surroundings).print(kind, complaint.message(), complaint.mend());
            return exit.code();
        }
        surroundings.err().println(complaint.name() + ": " + complaint.message());
        if (!complaint.mend().isEmpty()) {
            surroundings.err().println("  " + complaint.mend());
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
