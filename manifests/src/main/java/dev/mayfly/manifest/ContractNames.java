package dev.mayfly.manifest;

import java.util.Set;

/** The environment variables a request sets, which an app cannot set itself. */
final class ContractNames {
    private static final Set<String> NAMES =
            Set.of(
                    "AUTH_TYPE",
                    "CONTENT_LENGTH",
                    "CONTENT_TYPE",
                    "GATEWAY_INTERFACE",
                    "HTTPS",
                    "PATH_INFO",
                    "PATH_TRANSLATED",
                    "QUERY_STRING",
                    "REMOTE_ADDR",
                    "REMOTE_HOST",
                    "REMOTE_PORT",
                    "REMOTE_USER",
                    "REQUEST_METHOD",
                    "SCRIPT_NAME",
                    "SERVER_NAME",
                    "SERVER_PORT",
                    "SERVER_PROTOCOL",
                    "SERVER_SOFTWARE",
                    "TRACEPARENT",
                    "TRACESTATE",
                    "X_BASE_PATH",
                    "X_CLIENT_ADDR",
                    "X_COMPONENT_ROUTE",
                    "X_FULL_URL",
                    "X_MATCHED_ROUTE",
                    "X_RAW_COMPONENT_ROUTE",
                    "X_RAW_PATH_INFO",
                    "X_REQUEST_ID");

    /** The key of an entry of {@code environment}. */
    static final Text<String> FREE_NAME =
            Text.any("a name for an environment variable", "a name such as \"GREETING\"")
                    .matching("[^=\\u0000-\\u0020\\u007f]+")
                    .refusing("^(?:HTTP_|X_PATH_MATCH_)|^(?:" + alternatives() + ")$")
                    .as(ContractNames::read);

    private ContractNames() {}

    /** {@return whether every record sets it for a function that a Kafka trigger names} */
    static boolean isOfRecords(String name) {
        return name.startsWith("KAFKA_") || name.startsWith("CE_");
    }

    /** {@return what to say of such a name} */
    static String refusal(String name) {
        return Shown.of(name)
                + " is not a name for an environment variable (a Kafka trigger names the function,"
                + " and records set KAFKA_… and CE_…)";
    }

    private static String alternatives() {
        return String.join("|", NAMES.stream().sorted().toList());
    }

    private static Reading<String> read(String name) {
        boolean taken =
                NAMES.contains(name)
                        || name.startsWith("HTTP_")
                        || name.startsWith("X_PATH_MATCH_");
        return taken
                ? new Reading.Bad<>("every request sets it", "choose another name")
                : new Reading.Good<>(name);
    }
}
