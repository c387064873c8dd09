package dev.mayfly.server;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What callers send. Each is a schema of the OpenAPI document, by its name. */
final class Wish {
    static final String NAME = "[a-z][a-z0-9_]{0,62}";

    private Wish() {}

    /** Which artifacts are needed. */
    record DigestsWish(@Said(pattern = Digests.PATTERN) List<String> digests) {}

    /** A deploy. */
    record NewDeploy(
            @Said("The text of app.toml.") String manifest,
            @Said("Digests by the path that the manifest names.") Map<String, String> artifacts,
            @Said(value = "Why, in your words.", longest = ApiLimits.LONGEST_MESSAGE)
                    String message,
            @Said(value = "Of the traffic; 100 if it is not said.", most = 100)
                    Optional<Integer> percent,
            Optional<CanaryWish> canary,
            @Said("Checks everything, commits nothing.") Optional<Boolean> dryRun,
            @Said(
                            value = "How long to wait for every gateway.",
                            name = "wait",
                            pattern = Times.DURATION)
                    Optional<String> patience) {}

    /** A gradual rollout. */
    record CanaryWish(
            @Said(value = "Of the traffic, at first.", least = 1, most = 99) int percent,
            @Said(value = "Pause between two steps.", pattern = Times.DURATION) String step,
            @Said(value = "When to give up: 5xx>1%.", longest = 64) String abortOn) {}

    /** Which revision is to have all traffic. */
    record Activation(
            @Said(least = 1) int revision,
            @Said(name = "wait", pattern = Times.DURATION) Optional<String> patience) {}

    /** Back to which revision. */
    record Rollback(
            @Said(value = "The one before the live one if it is not said.", least = 1)
                    Optional<Integer> revision,
            @Said(name = "wait", pattern = Times.DURATION) Optional<String> patience) {}

    /** A split of the traffic. */
    record Split(
            @Said(
                            value = "Percent by revision; together 100.",
                            pattern = "[1-9][0-9]{0,8}",
                            most = 100)
                    Map<String, Integer> traffic,
            @Said(name = "wait", pattern = Times.DURATION) Optional<String> patience) {}

    /** Changes of variables or of secrets, all at once. */
    record Values(
            @Said(value = "Values by name.", pattern = NAME) Optional<Map<String, String>> set,
            @Said(value = "Names.", pattern = NAME) Optional<List<String>> remove) {}

    /** A token to make. */
    record NewToken(
            @Said(pattern = "\\S(.*\\S)?", longest = ApiLimits.LONGEST_NAME) String name,
            @Said(
                            value = "What it may do.",
                            pattern = "admin|read|deploy:(\\*|[a-z0-9][a-z0-9-]{0,62})")
                    List<String> scopes,
            @Said(value = "Until it expires.", pattern = Times.DURATION) String lifetime) {}
}
