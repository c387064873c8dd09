package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TextDiffTest {
    private static List<String> diff(String expected, String came) {
        return TextDiff.of(expected, came).stream()
                .map(line -> line.kind().mark() + line.text())
                .toList();
    }

    private static String numbers(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    @Test
    void whatBothHaveIsShownAroundADifferenceOnly() {
        assertThat(diff(numbers(1, 20), numbers(1, 9) + "ten\n" + numbers(11, 20)))
                .containsExactly(
                        " … 6 equal lines",
                        " 7",
                        " 8",
                        " 9",
                        "-10",
                        "+ten",
                        " 11",
                        " 12",
                        " 13",
                        " … 7 equal lines");
    }

    @Test
    void aLineThatIsMissingShiftsNothing() {
        assertThat(diff("a\nb\nc\n", "a\nc\n")).containsExactly(" a", "-b", " c");
        assertThat(diff("a\nc\n", "a\nb\nc\n")).containsExactly(" a", "+b", " c");
        assertThat(diff("a\nb\nc\nd\n", "b\nx\nd\ny\n"))
                .containsExactly("-a", " b", "-c", "+x", " d", "+y");
    }

    @Test
    void aMissingNewlineAtTheEndIsADifference() {
        assertThat(diff("a\nb\n", "a\nb"))
                .containsExactly(" a", "-b", "+b", "+(no newline at the end)");
    }

    @Test
    void aTextAgainstNothingIsShownWhole() {
        assertThat(diff("", "a\n")).containsExactly("+a");
        assertThat(diff("a\n", "")).containsExactly("-a");
    }

    @Test
    void whatCannotBeSeenIsEscapedAndStillTellsTextsApart() {
        assertThat(diff("a\u001b[31m\n", "a\r\n")).containsExactly("-a\\u001b[31m", "+a\\r");
        assertThat(diff("\u202e\n", "\u200b\n")).containsExactly("-\\u202e", "+\\u200b");
    }

    @Test
    void ofALongLineThePartThatDiffersIsShown() {
        String start = "x".repeat(10_000);
        List<String> lines = diff(start + "yes" + start, start + "no" + start);

        assertThat(lines).hasSize(4).allSatisfy(line -> assertThat(line).hasSizeLessThan(200));
        assertThat(lines.getFirst()).contains("xyesx");
        assertThat(lines.get(2)).contains("xnox");
    }

    @Test
    void manyDifferencesAreCutAndCounted() {
        List<String> lines = diff(numbers(1, 5_000), numbers(5_001, 10_000));

        assertThat(lines).hasSize(61);
        assertThat(lines.getLast()).isEqualTo(" … 9940 more lines");
    }

    /** What is not expected plus what both have is what came, and the other way round. */
    @Test
    void fromADifferenceBothTextsCanBeMadeAgain() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 500; i++) {
            String expected = lines(random);
            String came = lines(random) + "x\n"; // so that they differ
            List<String> lines = diff(expected, came);
            assertThat(joined(lines, '-')).isEqualTo(expected);
            assertThat(joined(lines, '+')).isEqualTo(came);
        }
    }

    /** So few that each is near a difference. */
    private static String lines(SplittableRandom random) {
        int many = random.nextInt(4);
        return random.ints(many, 'a', 'e')
                .mapToObj(c -> (char) c + "\n")
                .collect(Collectors.joining());
    }

    private static String joined(List<String> lines, char mark) {
        return lines.stream()
                .filter(line -> line.charAt(0) == mark || line.charAt(0) == ' ')
                .map(line -> line.substring(1) + "\n")
                .collect(Collectors.joining());
    }
}
