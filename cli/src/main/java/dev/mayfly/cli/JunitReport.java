package dev.mayfly.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The results as JUnit's XML, which CI systems read: a suite for each file of tests. Whatever
 * functions wrote, it is well formed.
 */
final class JunitReport {
    private static final String FOLDER = "tests/";

    private final String app;
    private final List<CaseResult> results;
    private final StringBuilder xml = new StringBuilder();

    private JunitReport(String app, List<CaseResult> results) {
        this.app = app;
        this.results = results;
    }

    /**
     * @param app its name
     * @param time all of them took
     */
    static byte[] of(String app, List<CaseResult> results, Duration time) {
        JunitReport report = new JunitReport(app, results);
        report.write(time);
        return report.xml.toString().getBytes(UTF_8);
    }

    private void write(Duration time) {
        Map<String, List<CaseResult>> byFile = new LinkedHashMap<>();
        results.forEach(result ->
                byFile.computeIfAbsent(result.suiteCase().file().shown(), _ -> new ArrayList<>())
                        .add(result));
        xml.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        open("testsuites", app, results, time);
        byFile.forEach(this::suite);
        xml.append("</testsuites>\n");
    }

    private void suite(String file, List<CaseResult> cases) {
        Duration time = cases.stream().map(CaseResult::time).reduce(Duration.ZERO, Duration::plus);
        xml.append("  ");
        open("testsuite", file, cases, time);
        cases.forEach(this::add);
        xml.append("  </testsuite>\n");
    }

    private void open(String element, String name, List<CaseResult> cases, Duration time) {
        xml.append('<').append(element);
        attribute("name", name);
        attribute("tests", cases.size());
        attribute("failures", cases.stream().filter(each -> !each.passed()).count());
        attribute("errors", 0);
        attribute("skipped", 0);
        attribute("time", seconds(time));
        xml.append(">\n");
    }

    private void add(CaseResult result) {
        SuiteCase each = result.suiteCase();
        xml.append("    <testcase");
        attribute("name", each.test().name());
        attribute("classname", className(each.file()));
        attribute("time", seconds(result.time()));
        attribute("file", each.file().shown());
        attribute("line", each.file().tests().place(each.index(), "name").line());
        if (result.passed() && result.log().isEmpty() && result.remarks().isEmpty()) {
            xml.append("/>\n");
            return;
        }
        xml.append(">\n");
        failure(result);
        lines("system-out", result.remarks());
        lines("system-err", result.log());
        xml.append("    </testcase>\n");
    }

    /** {@code shop.hello} of tests/hello.toml: some systems group by its last dot. */
    private String className(CaseFile file) {
        String path = file.shown();
        int folder = path.lastIndexOf(FOLDER);
        String inside = folder < 0 ? path : path.substring(folder + FOLDER.length());
        return app + "." + inside.replaceAll("\\.toml$", "").replace('.', '-');
    }

    private void failure(CaseResult result) {
        if (result.passed()) {
            return;
        }
        Mismatch first = result.mismatches().getFirst();
        xml.append("      <failure");
        attribute("message", first.subject() + ": " + first.summary());
        attribute("type", "mismatch");
        xml.append('>');
        text(
                result.mismatches().stream()
                        .map(Mismatch::text)
                        .collect(Collectors.joining("\n", "", "\n" + result.suiteCase().place())));
        xml.append("</failure>\n");
    }

    private void lines(String element, List<String> lines) {
        if (!lines.isEmpty()) {
            xml.append("      <").append(element).append('>');
            text(String.join("\n", lines));
            xml.append("</").append(element).append(">\n");
        }
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.6f", time.toNanos() / 1e9);
    }

    private void attribute(String name, Object value) {
        xml.append(' ').append(name).append("=\"");
        append(Visible.escaped(value.toString()));
        xml.append('"');
    }

    private void text(String lines) {
        append(lines.lines().map(Visible::escaped).collect(Collectors.joining("\n")));
    }

    /** What is visible may stand in XML; these have a meaning there. */
    private void append(String visible) {
        for (int i = 0; i < visible.length(); i++) {
            char c = visible.charAt(i);
            switch (c) {
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                case '&' -> xml.append("&amp;");
                case '"' -> xml.append("&quot;");
                default -> xml.append(c);
            }
        }
    }
}
