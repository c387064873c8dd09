package dev.mayfly.registry;

import dev.mayfly.registry.UnavailableException.Reason;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Tells what may pass by itself from what is a bug. */
final class Failures {
    private Failures() {}

    /** {@return what to throw instead; the failure itself when the database is not to blame} */
    static RuntimeException translated(RuntimeException failure) {
        return root(failure)
                .flatMap(Failures::unavailable)
                .map(RuntimeException.class::cast)
                .orElse(failure);
    }

    static Optional<UnavailableException> unavailable(SQLException failure) {
        return reason(failure)
                .map(reason -> new UnavailableException(reason, text(reason, failure), failure));
    }

    /** The innermost says why; the pool's own says only that it waited. */
    private static Optional<SQLException> root(Throwable failure) {
        @Nullable SQLException found = null;
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                found = sql;
            }
        }
        return Optional.ofNullable(found);
    }

    private static Optional<Reason> reason(SQLException failure) {
        @Nullable String state = failure.getSQLState();
        if (state == null) {
            // The pool's own errors: it waited in vain, or gave out a connection that broke.
            return Optional.of(
                    failure instanceof SQLTransientConnectionException
                            ? Reason.TOO_SLOW
                            : Reason.UNREACHABLE);
        }
        return switch (state) {
            case "57P01", "57P02", "57P03", "57P05", "25P03" -> Optional.of(Reason.UNREACHABLE);
            case "55P03", "57014", "40001", "40P01" -> Optional.of(Reason.TOO_SLOW);
            case "3D000", "42501" -> Optional.of(Reason.REFUSED);
            default -> ofClass(state);
        };
    }

    private static Optional<Reason> ofClass(String state) {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08" -> Optional.of(Reason.UNREACHABLE);
            case "28" -> Optional.of(Reason.REFUSED);
            case "53", "58" -> Optional.of(Reason.EXHAUSTED);
            default -> Optional.empty();
        };
    }

    private static String text(Reason reason, SQLException failure) {
        return switch (reason) {
                    case UNREACHABLE -> "the database cannot be reached";
                    case TOO_SLOW -> "the database did not answer in time";
                    case EXHAUSTED -> "the database's machine has run out of something";
                    case REFUSED -> "the database refuses this server";
                }
                + ": "
                + failure.getMessage();
    }
}
