package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class JsonDiffTest {
    private static List<String> diff(String expected, String came) throws IOException {
        return JsonDiff.of(
                        Wire.read(expected.getBytes(StandardCharsets.UTF_8)),
                        Wire.read(came.getBytes(StandardCharsets.UTF_8)))
                .stream()
                .map(line -> line.kind().mark() + line.text())
                .toList();
    }

    @Test
    void anObjectMayHoldMoreThanIsExpected() throws IOException {
        assertThat(diff("{\"a\":1}", "{\"b\":2,\"a\":1}")).isEmpty();
        assertThat(diff("{}", "{\"b\":2}")).isEmpty();
        assertThat(diff("{\"a\":{\"b\":1}}", "{\"a\":{\"b\":1,\"c\":2}}")).isEmpty();
    }

    @Test
    void aListMayNot() throws IOException {
        assertThat(diff("[1]", "[1,2]")).containsExactly(" $[1]", "-nothing", "+2");
        assertThat(diff("[1,2]", "[1]")).containsExactly(" $[1]", "-2", "+nothing");
        assertThat(diff("[{\"a\":1}]", "[{\"a\":1,\"b\":2}]")).isEmpty();
    }

    @Test
    void eachPathThatDiffersIsTold() throws IOException {
        assertThat(
                        diff(
                                "{\"a\":{\"b\":[1,\"x\"]},\"c d\":true,\"e\":{}}",
                                "{\"a\":{\"b\":[1,\"y\"]},\"c d\":\"true\"}"))
                .containsExactly(
                        " $.a.b[1]",
                        "-\"x\"",
                        "+\"y\"",
                        " $[\"c d\"]",
                        "-true",
                        "+\"true\"",
                        " $.e",
                        "-{}",
                        "+nothing");
    }

    @Test
    void numbersAreComparedByValue() throws IOException {
        assertThat(diff("[1,1.50]", "[1.0,1.5]")).isEmpty();
        assertThat(diff("1", "2")).containsExactly(" $", "-1", "+2");
        assertThat(diff("1", "\"1\"")).containsExactly(" $", "-1", "+\"1\"");
    }

    @Test
    void whatActsOnATerminalIsEscaped() throws IOException {
        assertThat(diff("{\"a\\u001b\":1}", "{\"a\\u001b\":\"\\u001b\\u202e\"}"))
                .noneMatch(line -> line.contains("\u001b") || line.contains("\u202e"));
    }

    @Test
    void manyPathsAreCutAndCounted() throws IOException {
        String ones = IntStream.range(0, 100).mapToObj(i -> "1").toList().toString();
        String twos = ones.replace('1', '2');

        assertThat(diff(ones, twos)).hasSize(91).last().isEqualTo(" … 70 more paths differ");
    }
}
