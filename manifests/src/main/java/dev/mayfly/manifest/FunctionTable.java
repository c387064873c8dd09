package dev.mayfly.manifest;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code [function.<name>]}. */
final class FunctionTable {
    private static final Text<String> DIGEST =
            Text.any("a digest", "sha256: and 64 hexadecimal digits")
                    .matching("sha256:[0-9a-f]{64}");
    private static final Text<String> URL =
            Text.any("a URL", "one such as \"https://example.com/hello.wasm\"")
                    .matching("https?://[^\\u0000-\\u0020\\u007f/?#]+[^\\u0000-\\u0020\\u007f]*");
    private static final Text<String> REFERENCE =
            Text.any("an OCI reference", "one such as \"ghcr.io/acme/hello:1.0\"")
                    .matching("[A-Za-z0-9][A-Za-z0-9.:_/@-]*");

    static final Key<String> SOURCE_URL = Key.optional("url", URL, "Where the module is.");
    static final Key<String> SOURCE_REGISTRY =
            Key.optional("registry", REFERENCE, "The OCI artifact that holds the module.");
    static final Key<String> SOURCE_DIGEST =
            Key.required("digest", DIGEST, "What its bytes must hash to.");

    static final Key<FunctionSpec.Source> SOURCE =
            Key.required(
                    "source",
                    new Either<>(
                            Paths.RELATIVE.as(FunctionTable::file),
                            new Struct<>(
                                    "a source",
                                    "{ url = \"https://…\", digest = \"sha256:…\" }",
                                    List.of(SOURCE_URL, SOURCE_REGISTRY, SOURCE_DIGEST),
                                    List.of(new Struct.Rule.ExactlyOne(List.of("url", "registry"))),
                                    FunctionTable::source)),
                    "The module: a path relative to app.toml, a URL or an OCI artifact.");

    static final Key<String> ENTRYPOINT =
            Key.optional(
                    "entrypoint",
                    Names.EXPORT,
                    "The export to call; by form _start, wizer.resume or handle when absent.");
    static final Key<ArgvTemplate> ARGV =
            Key.of("argv", ArgvText.ARGV, "${SCRIPT_NAME} ${ARGS}", "Template of the arguments.");
    static final Key<Map<String, String>> ENVIRONMENT =
            Key.of(
                    "environment",
                    new Named<>(ContractNames.FREE_NAME, new Substituted()),
                    Map.of(),
                    "Environment variables of its own.");

    static final Key<String> MOUNT_SOURCE =
            Key.required("source", Paths.RELATIVE, "File or folder, relative to app.toml.");
    static final Key<String> MOUNT_DESTINATION =
            Key.required("destination", Paths.ABSOLUTE, "Where the guest sees it.");
    static final Key<List<FunctionSpec.Mount>> FILES =
            Key.of(
                    "files",
                    Series.of(
                            new Struct<>(
                                    "a mount",
                                    "{ source = \"assets\", destination = \"/assets\" }",
                                    List.of(MOUNT_SOURCE, MOUNT_DESTINATION),
                                    List.of(),
                                    section ->
                                            new FunctionSpec.Mount(
                                                    section.get(MOUNT_SOURCE),
                                                    section.get(MOUNT_DESTINATION)))),
                    List.of(),
                    "Files it can read.");

    static final Key<List<String>> OUTBOUND =
            Key.of(
                    "allowed_outbound_hosts",
                    Series.of(new Templated(Hosts.OUTBOUND)),
                    List.of(),
                    "Hosts it may call: scheme://host[:port], *.suffix or CIDR. None by default.");
    static final Key<List<String>> STORES =
            Key.of(
                    "key_value_stores",
                    Series.of(Names.STORE),
                    List.of(),
                    "Key-value stores it may open.");
    static final Key<FunctionSpec.BodyMode> BODY_MODE =
            Key.of(
                    "request_body_mode",
                    Choice.of("a way to hand over the body", FunctionSpec.BodyMode.class),
                    "buffer",
                    "buffer: whole, before it runs; stream: as it arrives.");
    static final Key<FunctionSpec.Activations> RECORD =
            Key.of(
                    "record",
                    Choice.of("what to keep", FunctionSpec.Activations.class),
                    "meta",
                    "What an activation keeps for replay.");

    static final Key<List<FunctionSpec.MadeRequest>> WARMUP =
            Key.of(
                    "warmup",
                    Series.of(RequestLine.REQUEST),
                    List.of(),
                    "Requests to run before the freeze, METHOD /path [body]; not for commands.");
    static final Key<Boolean> ALLOW_ENTROPY =
            Key.of(
                    "allow_entropy",
                    Flag.EITHER,
                    false,
                    "Random bytes may be read before the freeze.");
    static final Key<FunctionSpec.Snapshot> SNAPSHOT =
            Key.of(
                    "snapshot",
                    new Struct<>(
                            "a table of the snapshot",
                            "{ warmup = [\"GET /\"] }",
                            List.of(WARMUP, ALLOW_ENTROPY),
                            List.of(),
                            section ->
                                    new FunctionSpec.Snapshot(
                                            section.get(WARMUP), section.get(ALLOW_ENTROPY))),
                    Map.of(),
                    "How it is frozen.");

    static final Key<FunctionSpec.MadeRequest> REQUEST =
            Key.required("request", RequestLine.REQUEST, "The request, METHOD /path [body].");
    static final Key<Integer> STATUS =
            Key.optional("status", new Whole(200, 599), "The status it must have.");
    static final Key<String> BODY_CONTAINS =
            Key.optional("body_contains", Text.any("text", "text"), "Text its body must hold.");
    static final Key<List<FunctionSpec.Check>> CHECK =
            Key.of(
                    "check",
                    Series.of(
                            new Struct<>(
                                    "a check",
                                    "{ request = \"GET /\", status = 200 }",
                                    List.of(REQUEST, STATUS, BODY_CONTAINS),
                                    List.of(),
                                    section ->
                                            new FunctionSpec.Check(
                                                    section.get(REQUEST),
                                                    section.find(STATUS),
                                                    section.find(BODY_CONTAINS)))),
                    List.of(),
                    "Requests a new snapshot must answer before it goes live.");

    static final Text<String> COMMAND_TEXT =
            Text.any("a command", "one such as \"make\"")
                    .matching("[^\\u0000]*[^\\u0000-\\u0020][^\\u0000]*");
    static final Key<String> COMMAND =
            Key.required("command", COMMAND_TEXT, "Shell command that builds the module.");
    static final Key<List<String>> WATCH =
            Key.of("watch", Series.of(Paths.GLOB), List.of(), "Globs of its sources.");
    static final Key<FunctionSpec.Build> BUILD =
            Key.optional(
                    "build",
                    new Struct<>(
                            "a build",
                            "{ command = \"make\", watch = [\"src/**\"] }",
                            List.of(COMMAND, WATCH),
                            List.of(),
                            section ->
                                    new FunctionSpec.Build(
                                            section.get(COMMAND), section.get(WATCH))),
                    "How it is built.");

    static final Struct<FunctionSpec> FUNCTION =
            new Struct<>(
                    "a function",
                    "[function.hello] with source = \"hello.wasm\"",
                    List.of(
                            SOURCE,
                            ENTRYPOINT,
                            ARGV,
                            ENVIRONMENT,
                            FILES,
                            OUTBOUND,
                            STORES,
                            BODY_MODE,
                            RECORD,
                            LimitsTable.LIMITS,
                            LimitsTable.POOL,
                            SNAPSHOT,
                            CHECK,
                            BUILD),
                    List.of(),
                    FunctionTable::function);

    private FunctionTable() {}

    private static Reading<FunctionSpec.Source> file(String path) {
        return switch (Paths.RELATIVE.read(path)) {
            case Reading.Good<String>(String good) ->
                    new Reading.Good<>(new FunctionSpec.Source.File(good));
            case Reading.Bad<String>(String why, String mend) -> new Reading.Bad<>(why, mend);
        };
    }

    private static FunctionSpec.Source source(Section section) {
        String digest = section.get(SOURCE_DIGEST);
        Optional<FunctionSpec.Source> url =
                section.find(SOURCE_URL).map(at -> new FunctionSpec.Source.Url(at, digest));
        return url.orElseGet(
                () -> new FunctionSpec.Source.Registry(section.get(SOURCE_REGISTRY), digest));
    }

    private static FunctionSpec function(Section section) {
        return new FunctionSpec(
                section.name(),
                section.get(SOURCE),
                section.find(ENTRYPOINT),
                section.get(ARGV),
                section.get(ENVIRONMENT),
                section.get(FILES),
                new FunctionSpec.Access(
                        section.get(OUTBOUND), section.get(STORES), section.get(RECORD)),
                section.get(BODY_MODE),
                section.get(LimitsTable.LIMITS),
                section.get(LimitsTable.POOL),
                section.get(SNAPSHOT),
                section.get(CHECK),
                section.find(BUILD));
    }
}
