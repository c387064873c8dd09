package dev.mayfly.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.Places;
import dev.mayfly.manifest.TestCase.Body;
import dev.mayfly.manifest.TestFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BytesCheckTest {
    @TempDir Path folder;

    private List<String> compare(
            byte[] came, Body expected, Optional<Pattern> matches, Goldens goldens)
            throws IOException {
        CaseFile file =
                new CaseFile(
                        folder.resolve("a.toml"), "a.toml", new TestFile(List.of(), Places.NONE));
        return new BytesCheck("body", file, came, "body", goldens)
                .compare(expected, matches).stream().map(Mismatch::text).toList();
    }

    private List<String> compare(String came, Body expected) throws IOException {
        return compare(came.getBytes(UTF_8), expected, Optional.empty(), Goldens.KEPT);
    }

    private List<String> search(String came, String pattern) throws IOException {
        return compare(
                came.getBytes(UTF_8),
                new Body.None(),
                Optional.of(Pattern.compile(pattern)),
                Goldens.KEPT);
    }

    @Test
    void nothingThatIsSaidIsNothingToMiss() throws IOException {
        assertThat(compare("anything", new Body.None())).isEmpty();
        assertThat(compare("ü", new Body.Text("ü"))).isEmpty();
        assertThat(compare("{\"a\":1.0}", new Body.Json("{\"a\":1}"))).isEmpty();
        assertThat(search("a1", "[0-9]")).isEmpty();
    }

    @Test
    void bytesThatAreNoTextAreShownFromWhereTheyDiffer() throws IOException {
        byte[] came = {'a', 'b', (byte) 0xff};

        assertThat(compare(came, new Body.Text("abc"), Optional.empty(), Goldens.KEPT))
                .containsExactly(
                        """
                        body: 3 bytes, not the 3 bytes that are expected; they differ from byte 2 on
                          - 63 (end)
                          + ff (end)\
                        """);
    }

    @Test
    void whatIsNoJsonIsSaidToBeNone() throws IOException {
        assertThat(compare("{\"a\":", new Body.Json("{}")))
                .singleElement()
                .asString()
                .startsWith("body: is no JSON: ")
                .endsWith("  + {\"a\":");
        assertThat(compare("{} {}", new Body.Json("{}"))).hasSize(1);
        assertThat(compare("", new Body.Json("{}"))).singleElement().asString().contains("(empty)");
        assertThat(compare("1e999999999", new Body.Json("1"))).hasSize(1);
        assertThat(compare("[".repeat(100_000), new Body.Json("{}"))).hasSize(1);
    }

    @Test
    void aPatternThatIsNotFoundIsShownWithWhatCame() throws IOException {
        assertThat(search("one\ntwo\n", "three"))
                .containsExactly("body: nothing in it matches \"three\"\n  + one\n  + two");
        assertThat(search("x".repeat(1_000_000), "(x|y)*z")).hasSize(1); // deeper than any stack
    }

    @Test
    void aFileIsComparedByteByByteAndWrittenOnlyWhenThatIsAsked() throws IOException {
        Body.File golden = new Body.File("golden/a.txt");
        Path file = folder.resolve("golden/a.txt");

        assertThat(compare("a\n", golden)).singleElement().asString().contains("--update");
        assertThat(file).doesNotExist();

        Goldens goldens = new Goldens(true);
        byte[] came = "a\n".getBytes(UTF_8);
        assertThat(compare(came, golden, Optional.empty(), goldens)).isEmpty();
        assertThat(file).hasContent("a\n");
        assertThat(goldens.written()).isEqualTo(1);
        assertThat(compare("a\n", golden)).isEmpty();
        assertThat(compare("b\n", golden))
                .containsExactly(
                        "body: is not the text of golden/a.txt that is expected\n  - a\n  + b");
        try (var files = Files.list(folder.resolve("golden"))) {
            assertThat(files).hasSize(1); // no leftover
        }
    }

    @Test
    void aFileThatTwoCasesWantOtherwiseIsAMismatch() throws IOException {
        Body.File golden = new Body.File("a.txt");
        Goldens goldens = new Goldens(true);

        assertThat(compare(new byte[] {'a'}, golden, Optional.empty(), goldens)).isEmpty();
        assertThat(compare(new byte[] {'b'}, golden, Optional.empty(), goldens))
                .singleElement()
                .asString()
                .startsWith("body: a.txt was written with something else for another case");
        assertThat(folder.resolve("a.txt")).hasContent("a");
    }

    @Test
    void aTextThatStandsInTheCaseIsShownAsItWouldBeWritten() throws IOException {
        assertThat(
                        compare(
                                "a \"b\"\n".getBytes(UTF_8),
                                new Body.Text("c"),
                                Optional.empty(),
                                new Goldens(true)))
                .hasSize(2)
                .last()
                .asString()
                .contains("expect.body = \"a \\\"b\\\"\\n\"");
    }
}
