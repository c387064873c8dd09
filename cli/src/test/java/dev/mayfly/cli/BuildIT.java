package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.guests.Guests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mayfly build} with real shells and real modules. */
final class BuildIT {
    /** One page of memory, shared, with a maximum: what -pthread makes. */
    private static final byte[] SHARED = {5, 4, 1, 3, 1, 2};

    @TempDir static Path cache;

    @TempDir Path folder;

    @BeforeEach
    void prebuiltModules() throws IOException {
        Files.createDirectories(folder.resolve("made"));
        Files.write(folder.resolve("made/one.wasm"), Guests.module("hello-c"));
        Files.write(folder.resolve("made/two.wasm"), Guests.module("echo-c"));
        Files.writeString(folder.resolve("one.c"), "1");
        Files.writeString(folder.resolve("two.c"), "2");
    }

    private static String function(String name, String command) {
        return """
        [function.%1$s]
        source = "%1$s.wasm"
        [function.%1$s.build]
        command = '''%2$s'''
        watch = ["%1$s.c"]
        """
                .formatted(name, command);
    }

    private static String copy(String name) {
        return function(name, "echo making " + name + "; cp made/" + name + ".wasm .");
    }

    private void app(String... functions) throws IOException {
        Files.writeString(
                folder.resolve("app.toml"),
                "manifest_version = 1\napp = { name = \"shop\" }\n" + String.join("", functions));
    }

    private Typed build(String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = "build";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Typed.in(folder, Map.of("XDG_CACHE_HOME", cache.toString()), false, command);
    }

    @Test
    void whatChangedIsBuiltAndWhatCameOutIsTold() throws IOException {
        app(copy("one"), copy("two"));
        Typed first = build();

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.err().lines())
                .containsExactlyInAnyOrder("one | making one", "two | making two");
        assertThat(first.out())
                .containsPattern(
                        "(?m)^one +\\d+\\.\\d\\d s +one\\.wasm +[\\d,]+ B +[\\d,]+ KiB \\(\\d+ pages?\\) +64"
                                + " KiB \\(1 page\\)$")
                .containsPattern("(?m)^two +\\d+\\.\\d\\d s +two\\.wasm");

        Files.writeString(folder.resolve("two.c"), "another");
        Typed second = build();
        assertThat(second.err()).isEqualTo("two | making two\n");
        assertThat(second.out())
                .containsPattern("(?m)^one +up to date +one.wasm +[\\d,]+ B")
                .containsPattern("(?m)^two +\\d+\\.\\d\\d s");

        assertThat(build("one").err()).isEmpty();
        assertThat(build("one", "--force").err()).isEqualTo("making one\n");
        assertThat(
                        Typed.in(cache, "build", folder.toString(), "two", "--force", "-o", "json")
                                .out())
                .contains("\"function\": \"two\"", "\"build\": \"built\"", "\"image_pages\": ")
                .doesNotContain("one");
    }

    @Test
    void functionsOfOneCommandAreBuiltByOneRunOfIt() throws IOException {
        String both = "echo once; cp made/one.wasm made/two.wasm .";
        app(
                function("one", both),
                function("two", both),
                "[function.alias]\nsource = \"one.wasm\"\n");
        Typed built = build("alias");

        assertThat(built.exit()).as(built.err()).isZero();
        assertThat(built.err()).isEqualTo("once\n");
        assertThat(built.out())
                .containsPattern("(?m)^one ")
                .containsPattern("(?m)^two ")
                .containsPattern("(?m)^alias +.* one\\.wasm");
    }

    @Test
    void aCommandThatFailsStopsNoOther() throws IOException {
        app(function("one", "echo one.c:1: oh >&2; no-such-tool"), copy("two"));
        Typed built = build("--output", "json");

        assertThat(built.exit()).isEqualTo(1);
        assertThat(built.err())
                .contains(
                        "one | one.c:1: oh\n",
                        "one: echo one.c:1: oh >&2; no-such-tool failed with exit code 127\n",
                        "    no-such-tool is not installed, or not on the PATH: ",
                        "mayfly doctor");
        assertThat(built.problem().path("detail").asText()).isEqualTo("not built: one");
        assertThat(built.out())
                .contains("\"build\": \"failed\"", "\"mends\": [", "\"build\": \"built\"");
        assertThat(folder.resolve("two.wasm")).exists();
    }

    @Test
    void aModuleThatIsNotThereOrElsewhereIsNamedWithTheMend() throws IOException {
        app(function("one", "true"));
        assertThat(build().err())
                .contains("true ended well, but there is no one.wasm\n")
                .contains("    it made made/two.wasm: write source = \"made/two.wasm\", or end");

        app(function("one", "mkdir -p target/release; cp made/one.wasm target/release/hello.wasm"));
        Typed elsewhere = build();
        assertThat(elsewhere.exit()).isEqualTo(1);
        assertThat(elsewhere.err())
                .contains("    it made target/release/hello.wasm: write source = ")
                .contains("cp target/release/hello.wasm one.wasm");

        Files.copy(folder.resolve("made/one.wasm"), folder.resolve("one.wasm"));
        assertThat(build().err())
                .contains("one: note: the command did not write one.wasm: it made target/release/");
    }

    @Test
    void aModuleThatIsNotWrittenThoughSourcesChangedIsRemarkedOn() throws IOException {
        app(function("one", "test -e one.wasm || cp made/one.wasm ."));
        build();
        for (String made : List.of("made/one.wasm", "made/two.wasm")) {
            Files.delete(folder.resolve(made));
        }
        assertThat(build("--force").err()).isEmpty();
        Files.writeString(folder.resolve("one.c"), "changed");

        assertThat(build().err())
                .contains("note: the command did not write one.wasm, though its sources changed");
    }

    @Test
    void modulesThatCannotRunAreRefusedWithTheMend() throws IOException {
        byte[] hello = Guests.module("hello-c");
        app(copy("one"));
        assertRefused("(module)".getBytes(StandardCharsets.UTF_8), "wat2wasm");
        assertRefused(new byte[] {0, 'a', 's', 'm', 0x0d, 0, 1, 0}, "wasm32-wasip1 in Rust");
        assertRefused(withMemory(hello, SHARED), "-pthread");
        assertRefused(new byte[] {0x7f, 'E', 'L', 'F', 2}, "wasm32-wasi");

        Files.write(
                folder.resolve("made/one.wasm"),
                withMemory(hello, new byte[] {5, 4, 1, 0, -1, 15}));
        assertThat(build("--force").err()).contains("(limits.memory: 64MiB); raise limits.memory");
        app(copy("one").replace(".wasm\"\n", ".wasm\"\nlimits = { memory = \"128MiB\" }\n"));
        assertThat(build().err()).doesNotContain("limits.memory");
    }

    private void assertRefused(byte[] module, String mend) throws IOException {
        Files.write(folder.resolve("made/one.wasm"), module);
        Typed built = build("--force");
        assertThat(built.exit()).as(built.err()).isEqualTo(3);
        assertThat(built.err()).contains("one: one.wasm: the module ", mend);
    }

    /** The module with another memory section. */
    private static byte[] withMemory(byte[] module, byte[] memory) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(module, 0, 8);
        int at = 8;
        while (at < module.length) {
            int end = at + 2;
            int size = module[at + 1] & 0x7f;
            for (int shift = 7; module[end - 1] < 0; shift += 7) {
                size |= (module[end] & 0x7f) << shift;
                end++;
            }
            end += size;
            out.writeBytes(module[at] == 5 ? memory : Arrays.copyOfRange(module, at, end));
            at = end;
        }
        return out.toByteArray();
    }

    @Test
    void namesAndDebugInfoAreTakenOutOnlyWhenAsked() throws Exception {
        ByteArrayOutputStream padded = new ByteArrayOutputStream();
        padded.writeBytes(Guests.module("hello-c"));
        padded.writeBytes(new byte[] {0, (byte) 0x84, (byte) 0x80, 4, 3, 'f', 'a', 't'});
        padded.writeBytes(new byte[1 << 16]);
        Files.write(folder.resolve("made/one.wasm"), padded.toByteArray());
        app(copy("one"));
        Files.setPosixFilePermissions(
                folder.resolve("made/one.wasm"), PosixFilePermissions.fromString("rwxr-x--x"));
        Typed offered = build("-o", "json");
        assertThat(offered.err()).contains("mayfly build --strip takes them out");

        Typed stripped = build("--strip", "-o", "json");
        assertThat(stripped.exit()).as(stripped.err()).isZero();
        assertThat(stripped.err()).isEmpty();
        assertThat(stripped.out()).contains("\"up_to_date\"", "\"custom_bytes\": 0");
        assertThat(folder.resolve("one.wasm"))
                .hasBinaryContent(
                        WasmSections.of(Guests.module("hello-c")).orElseThrow().withoutCustom());
        assertThat(Files.getPosixFilePermissions(folder.resolve("one.wasm")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x--x"));
        assertThat(build().out()).contains("up to date");
        assertThat(build("--strip", "--force", "-o", "json").out()).contains("\"custom_bytes\": 0");
        assertThat(folder).isDirectoryNotContaining(each -> each.toString().contains(".stripped"));
    }

    /** What a module is made of and what its sample run uses, before and after. */
    @Test
    void aStrippedModuleDoesTheSame() throws IOException {
        for (String guest : List.of("echo-rust", "echo-as", "reactor-c", "wizer-c")) {
            Path file = folder.resolve(guest + ".wasm");
            Files.write(file, Guests.module(guest));
            JsonNode before = facts(file);
            StrippedFile.strip(file);
            assertThat(facts(file)).as(guest).isEqualTo(before);
        }
    }

    private JsonNode facts(Path file) throws IOException {
        Typed inspect =
                Typed.in(
                        folder,
                        Map.of("XDG_CACHE_HOME", cache.toString()),
                        false,
                        "inspect",
                        file.toString(),
                        "--output",
                        "json");
        assertThat(inspect.exit()).as(inspect.err()).isZero();
        var facts =
                (com.fasterxml.jackson.databind.node.ObjectNode)
                        Wire.read(inspect.out().getBytes(StandardCharsets.UTF_8));
        ((com.fasterxml.jackson.databind.node.ObjectNode) facts.path("sample")).remove("nanos");
        return facts.without(List.of("bytes", "sections", "warnings"));
    }

    @Test
    void whatIsTypedWrongIsExplained() throws IOException {
        Typed nothing = build();
        assertThat(nothing.exit()).isEqualTo(2);
        assertThat(nothing.err()).contains("no app.toml in ");

        app(copy("one"), "[function.plain]\nsource = \"made/two.wasm\"\n");
        assertUsage("did you mean one?", "onne");
        assertUsage("[function.plain.build]", "plain");
        assertUsage("--jobs 0 (expected: 1 or more)", "--jobs", "0");
        assertUsage("its functions: one, plain", "made/two.wasm");

        app("[function.plain]\nsource = \"made/two.wasm\"\n");
        assertThat(build().exit()).isZero();
        assertThat(build().err()).contains("nothing to build");
    }

    private void assertUsage(String message, String... arguments) {
        Typed typed = build(arguments);
        assertThat(typed.exit()).as(typed.err()).isEqualTo(2);
        assertThat(typed.err()).contains(message);
    }

    @Test
    void whatIsWrongInTheManifestIsToldBeforeAnythingRuns() throws IOException {
        app(
                function("one", "touch ran; cp made/one.wasm ."),
                function("two", "touch ran; cp made/two.wasm one.wasm")
                        .replace("two.wasm\"", "one.wasm\"")
                        .replace("[\"two.c\"]", "[\"src/{a\"]"),
                """
                [function.far]
                source = { url = "https://example.com/a.wasm", digest = "sha256:%s" }
                build = { command = "touch ran" }
                """
                        .formatted("0".repeat(64)));
        Typed built = build();

        assertThat(built.exit()).isEqualTo(3);
        assertThat(built.err())
                .contains(
                        "function.two.build.command: it makes one.wasm, which the command of one",
                        "function.two.build.watch[0]: \"src/{a\" is no glob",
                        "function.far.source: https://example.com/a.wasm is fetched",
                        "3 problems in app.toml");
        assertThat(folder.resolve("ran")).doesNotExist();
    }
}
