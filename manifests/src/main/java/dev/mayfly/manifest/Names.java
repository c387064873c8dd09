package dev.mayfly.manifest;

import java.util.Optional;

/** The formats of names. */
final class Names {
    static final Text<String> APP =
            Text.any("an app's name", "1 to 63 of a-z, 0-9 and -, the first no -")
                    .matching("[a-z0-9][a-z0-9-]{0,62}");

    static final Text<String> FUNCTION =
            Text.any("a function's name", "1 to 63 of letters, digits, - and _, as in \"on-order\"")
                    .matching("[A-Za-z0-9][A-Za-z0-9_-]{0,62}");

    static final Text<String> VARIABLE =
            Text.any("a variable's name", "1 to 63 of a-z, 0-9 and _, the first a letter")
                    .matching("[a-z][a-z0-9_]{0,62}");

    static final Text<String> STORE =
            Text.any("a store's name", "1 to 63 of letters, digits, -, _ and ., as in \"default\"")
                    .matching("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    /** Kafka's own rule. */
    static final Text<String> TOPIC =
            Text.any("a topic", "1 to 249 of letters, digits, -, _ and ., as in \"orders\"")
                    .matching("[A-Za-z0-9._-]{1,249}")
                    .refusing("^\\.{1,2}$");

    static final Text<String> EXPORT =
            Text.any("an export's name", "a name such as \"_start\"").matching("[^\\u0000]+");

    private Names() {}

    static Optional<Problem> wrong(Text<String> format, String name) {
        return switch (format.read(name)) {
            case Reading.Good<String> _ -> Optional.empty();
            case Reading.Bad<String>(String why, String mend) -> {
                String message = Shown.of(name) + " is not " + format.noun() + " (" + why + ")";
                yield Optional.of(Problem.of(Place.UNKNOWN, "", message, mend));
            }
        };
    }

    static boolean isVariable(String text) {
        return VARIABLE.accepted().matcher(text).matches();
    }
}
