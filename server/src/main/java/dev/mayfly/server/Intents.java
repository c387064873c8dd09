package dev.mayfly.server;

import dev.mayfly.gateway.AdminRequest;
import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.Intent;
import dev.mayfly.registry.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code If-Match} and {@code Idempotency-Key}. */
final class Intents {
    private static final Pattern VERSION = Pattern.compile("\"(0|[1-9][0-9]{0,17})\"");
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private Intents() {}

    /** What came of reading. */
    sealed interface Outcome {
        /** Both are as they should be. */
        record Read(Intent intent) implements Outcome {}

        /** What is wrong with them. */
        record Flawed(List<Problem> problems) implements Outcome {}
    }

    /** {@return who it is, as the audit log has it} */
    static String who(Token token) {
        return token.name() + " (" + token.id() + ")";
    }

    static Outcome read(AdminRequest request, Token token) {
        List<Problem> problems = new ArrayList<>();
        Intent intent = Intent.of(who(token));
        Optional<Matcher> version = matched(request, "If-Match", VERSION, problems);
        if (version.isPresent()) {
            intent = intent.ifAt(Long.parseLong(version.get().group(1)));
        }
        Optional<Matcher> key = matched(request, "Idempotency-Key", KEY, problems);
        if (key.isPresent()) {
            intent = intent.once(key.get().group());
        }
        return problems.isEmpty() ? new Outcome.Read(intent) : new Outcome.Flawed(problems);
    }

    private static Optional<Matcher> matched(
            AdminRequest request, String name, Pattern pattern, List<Problem> problems) {
        if (!request.has(name)) {
            return Optional.empty();
        }
        Optional<Matcher> matched =
                request.field(name).map(pattern::matcher).filter(Matcher::matches);
        if (matched.isEmpty()) {
            problems.add(
                    Shape.problem(name, "expected: " + pattern + ", once", "correct the header"));
        }
        return matched;
    }
}
