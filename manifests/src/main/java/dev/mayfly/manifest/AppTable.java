package dev.mayfly.manifest;

import java.util.List;
import java.util.Map;

/** The whole of app.toml, and its tables {@code [app]} and {@code [variables]}. */
final class AppTable {
    static final Key<String> APP_NAME =
            Key.required("name", Names.APP, "The app's name; unique on a server.");
    static final Key<String> APP_VERSION =
            Key.optional("version", Text.any("text", "text"), "Shown, never compared.");
    static final Key<String> APP_DESCRIPTION =
            Key.optional("description", Text.any("text", "text"), "Shown.");

    static final Struct<Manifest.App> APP =
            new Struct<>(
                    "an app",
                    "[app] with name = \"shop\"",
                    List.of(APP_NAME, APP_VERSION, APP_DESCRIPTION),
                    List.of(),
                    section ->
                            new Manifest.App(
                                    section.get(APP_NAME),
                                    section.find(APP_VERSION),
                                    section.find(APP_DESCRIPTION)));

    static final Key<String> FALLBACK =
            Key.optional(
                    "default",
                    Text.any("a variable's value", "text without NUL").secret().refusing("\\u0000"),
                    "The value when none is given.");
    static final Key<Boolean> IS_REQUIRED =
            Key.optional("required", Flag.TRUE, "A value must be given.");
    static final Key<Boolean> SECRET =
            Key.of("secret", Flag.EITHER, false, "The value is never shown.");

    static final Struct<Manifest.Variable> VARIABLE =
            new Struct<>(
                    "a variable",
                    "{ default = \"…\" } or { required = true }",
                    List.of(FALLBACK, IS_REQUIRED, SECRET),
                    List.of(new Struct.Rule.ExactlyOne(List.of("default", "required"))),
                    section -> new Manifest.Variable(section.find(FALLBACK), section.get(SECRET)));

    static final Key<List<HttpRoute>> HTTP =
            Key.of("http", Series.of(HttpTable.ROUTE), List.of(), "Routes.");
    static final Key<List<KafkaTrigger>> KAFKA =
            Key.of("kafka", Series.of(KafkaTable.TRIGGER), List.of(), "Kafka subscriptions.");

    private static final Struct<Section> TRIGGERS =
            new Struct<>(
                    "a table of triggers",
                    "[[trigger.http]]",
                    List.of(HTTP, KAFKA),
                    List.of(),
                    section -> section);

    static final Key<Integer> MANIFEST_VERSION =
            Key.required("manifest_version", new Whole(1, 1), "The version of this format: 1.");
    static final Key<Manifest.App> THE_APP = Key.required("app", APP, "Who the app is.");
    static final Key<Map<String, Manifest.Variable>> VARIABLES =
            Key.of(
                    "variables",
                    new Named<>(Names.VARIABLE, VARIABLE),
                    Map.of(),
                    "Values given from outside, used as {{ name }}.");
    static final Key<Section> TRIGGER =
            Key.of("trigger", TRIGGERS, Map.of(), "What runs the app's functions.");
    static final Key<Map<String, FunctionSpec>> FUNCTIONS =
            Key.of(
                    "function",
                    new Named<>(Names.FUNCTION, FunctionTable.FUNCTION),
                    Map.of(),
                    "The app's functions by name.");

    static final Struct<Manifest> ROOT =
            new Struct<>(
                    "an app.toml",
                    "manifest_version = 1",
                    List.of(MANIFEST_VERSION, THE_APP, VARIABLES, TRIGGER, FUNCTIONS),
                    List.of(),
                    AppTable::manifest);

    private AppTable() {}

    private static Manifest manifest(Section section) {
        Manifest.App app = section.get(THE_APP);
        Section triggers = section.get(TRIGGER);
        return new Manifest(
                app,
                section.get(VARIABLES),
                triggers.get(HTTP),
                triggers.get(KAFKA).stream().map(trigger -> inGroup(trigger, app)).toList(),
                section.get(FUNCTIONS));
    }

    /** Without a group of its own, a trigger's group is named after app and function. */
    private static KafkaTrigger inGroup(KafkaTrigger trigger, Manifest.App app) {
        return trigger.group().isEmpty()
                ? KafkaTable.withGroup(trigger, app.name() + "-" + trigger.function())
                : trigger;
    }
}
