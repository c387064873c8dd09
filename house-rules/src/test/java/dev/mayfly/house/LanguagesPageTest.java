package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds the figures of docs/languages.md to what load-tests/RESULTS.md has of {@code languages}.
 */
final class LanguagesPageTest {
    /** The language, then the cells of its row. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\|[^|]*<!-- language: (\\w+) --> \\|(.*)\\|$");

    private static final Pattern RESULT =
            Pattern.compile("(?m)^`RESULT (c_bytes=.*) commit=\\w+ dirty=\\w+`$");

    private final Map<String, List<String>> rows = new TreeMap<>();
    private final Map<String, Double> measured = new TreeMap<>();

    LanguagesPageTest() {
        for (Matcher row = ROW.matcher(Repository.text("docs/languages.md")); row.find(); ) {
            List<String> cells = new ArrayList<>();
            for (String cell : row.group(2).split("\\|", -1)) {
                cells.add(cell.strip());
            }
            rows.put(row.group(1), cells);
        }
        String last = "";
        for (Matcher r = RESULT.matcher(Repository.text("load-tests/RESULTS.md")); r.find(); ) {
            last = r.group(1);
        }
        Arrays.stream(last.split(" ", -1))
                .map(pair -> pair.split("=", 2))
                .forEach(pair -> measured.put(pair[0], Double.valueOf(pair[1])));
    }

    @Test
    void everyLanguageThatWasMeasuredHasARowWithWhatWasMeasured() {
        List<String> languages =
                measured.keySet().stream()
                        .filter(name -> name.endsWith("_bytes"))
                        .map(name -> name.substring(0, name.length() - "_bytes".length()))
                        .toList();
        assertThat(rows.keySet()).containsExactlyInAnyOrderElementsOf(languages);
        rows.forEach((language, cells) ->
                assertThat(cells.subList(0, 5))
                        .as(language)
                        .containsExactly(
                                size(of(language, "bytes") / 1e3),
                                time(of(language, "load_ms") * 1e3),
                                time(of(language, "cold_ms") * 1e3),
                                time(of(language, "us")),
                                size(of(language, "image_kib") * 1.024)));
    }

    @Test
    void everyTemplateThatIsMeasuredIsThere() {
        rows.keySet()
                .forEach(language ->
                        assertThat(Repository.ROOT.resolve("sdk-templates").resolve(language))
                                .isDirectory());
    }

    private double of(String language, String figure) {
        return Objects.requireNonNull(measured.get(language + "_" + figure), figure);
    }

    private static String size(double kilobytes) {
        return kilobytes < 1e3
                ? String.format(Locale.ROOT, "%.0f KB", kilobytes)
                : String.format(Locale.ROOT, "%.1f MB", kilobytes / 1e3);
    }

    private static String time(double micros) {
        if (micros < 1e3) {
            return String.format(Locale.ROOT, "%.1f µs", micros);
        }
        return micros < 1e6
                ? String.format(Locale.ROOT, micros < 1e5 ? "%.1f ms" : "%.0f ms", micros / 1e3)
                : String.format(Locale.ROOT, "%.1f s", micros / 1e6);
    }
}
