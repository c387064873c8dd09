package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions on records that no broker has; a real guest, in this process. */
final class TestRecordsIT {
    private static final String APP =
            """
            manifest_version = 1
            [app]
            name = "events"
            [variables]
            do = { default = "" }
            [[trigger.kafka]]
            topics = ["orders"]
            function = "plain"
            output_topic = "out"
            [[trigger.kafka]]
            topics = ["orders", "heads"]
            function = "headed"
            output = "cgi"
            output_topic = "out"
            [function.plain]
            source = "event.wasm"
            environment = { EVENT_DO = "{{ do }}" }
            limits = { timeout = "400ms" }
            [function.headed]
            source = "event.wasm"
            limits = { timeout = "400ms" }
            """;

    @TempDir static Path cache;
    @TempDir Path folder;

    @BeforeEach
    void anApp() throws IOException {
        Files.writeString(folder.resolve("app.toml"), APP);
        Files.write(folder.resolve("event.wasm"), Guests.module("event-rust"));
        Files.createDirectories(folder.resolve("tests"));
    }

    private Typed run(String toml, String... options) throws IOException {
        Files.writeString(folder.resolve("tests/a.toml"), toml);
        String[] all = new String[options.length + 1];
        all[0] = "test";
        System.arraycopy(options, 0, all, 1, options.length);
        return Typed.in(folder, Map.of("MAYFLY_CACHE_FOLDER", cache.toString()), false, all);
    }

    private static String cases(String name) throws IOException {
        try (InputStream in = TestRecordsIT.class.getResourceAsStream("/cases/" + name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aFunctionIsRunOnARecordAsIfABrokerHadIt() throws IOException {
        Typed missing = run(cases("records.toml"));
        assertThat(missing.exit()).as(missing.err()).isEqualTo(1);
        assertThat(missing.out())
                .contains("output.value: there is no file golden/heads.txt yet")
                .contains("FAILED: 1 of 6 cases");

        assertThat(run(cases("records.toml"), "--update").out())
                .contains("1 file written\nok: 6 cases in ");
        assertThat(folder.resolve("tests/golden/heads.txt")).hasContent("as it was");
        assertThat(run(cases("records.toml")).out())
                .contains("ok: 6 cases in ")
                .doesNotContain("written");
    }

    @Test
    void whatGoesWrongIsToldInWords() throws IOException {
        Typed test = run(cases("failing-records.toml"));

        assertThat(test.exit()).isEqualTo(1);
        assertThat(test.out())
                .contains("record: ran past its limit of 400 ms")
                .contains("exit_code: headed trapped: ")
                .contains("record: exited with code 4")
                .contains("record: its output is malformed: ")
                .contains("output.key: \"a\" (expected: \"b\")")
                .contains("output.value: is not the text that is expected")
                .contains("output: 1 bytes (expected: none)")
                .contains("output: none (expected: a record)")
                .contains("FAILED: 7 of 7 cases");
    }

    @Test
    void aRecordThatNobodyTakesOrSeveralDoIsAProblemOfItsFile() throws IOException {
        Typed test =
                run(
                        """
                        [[case]]
                        name = "nobody"
                        record = { topic = "order" }
                        [[case]]
                        name = "not this one"
                        record = { topic = "heads", function = "plain" }
                        [[case]]
                        name = "both"
                        record = { topic = "orders" }
                        """);

        assertThat(test.exit()).isEqualTo(3);
        assertThat(test.err())
                .contains("tests/a.toml:3:12: case[0].record.topic: no function takes it")
                .contains("    write one of these: orders, heads")
                .contains("case[1].record.topic: function plain takes no records of it")
                .contains("case[2].record.topic: several functions take it: plain, headed")
                .contains("    say which one: record.function = \"plain\"");
    }
}
