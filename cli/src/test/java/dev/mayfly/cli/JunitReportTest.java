package dev.mayfly.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.cli.Mismatch.Kind;
import dev.mayfly.cli.Mismatch.Line;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.TestFile;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

final class JunitReportTest {
    private static SuiteCase suiteCase(String file) {
        String toml = "[[case]]\nname = \"a & <b> \\\"c\\\"\"\nrequest = \"GET /\"\n";
        TestFile tests = ((Parsed.Valid<TestFile>) Manifests.parseTests(toml)).value();
        return new SuiteCase(new CaseFile(Path.of("/", file), file, tests), 0, new byte[0]);
    }

    private static CaseResult result(String file, List<Mismatch> mismatches, List<String> log) {
        return new CaseResult(suiteCase(file), mismatches, List.of(), log, Duration.ofMillis(12));
    }

    private static Document read(List<CaseResult> results) throws Exception {
        byte[] xml = JunitReport.of("shop", results, Duration.ofMillis(1500));
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml));
    }

    private static Element only(Document document, String name) {
        assertThat(document.getElementsByTagName(name).getLength()).as(name).isEqualTo(1);
        return (Element) document.getElementsByTagName(name).item(0);
    }

    @Test
    void eachFileIsASuiteAndEachCaseIsCounted() throws Exception {
        Mismatch mismatch =
                new Mismatch("status", "500 (expected: 200)", List.of(new Line(Kind.CAME, "x")));
        Document report =
                read(
                        List.of(
                                result("tests/a.toml", List.of(), List.of()),
                                result("tests/b.c.toml", List.of(mismatch), List.of("a line"))));

        Element root = report.getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("testsuites");
        assertThat(root.getAttribute("tests")).isEqualTo("2");
        assertThat(root.getAttribute("failures")).isEqualTo("1");
        assertThat(root.getAttribute("time")).isEqualTo("1.500000");
        assertThat(report.getElementsByTagName("testsuite").getLength()).isEqualTo(2);
        Element second = (Element) report.getElementsByTagName("testcase").item(1);
        assertThat(second.getAttribute("name")).isEqualTo("a & <b> \"c\"");
        assertThat(second.getAttribute("classname")).isEqualTo("shop.b-c");
        assertThat(second.getAttribute("file")).isEqualTo("tests/b.c.toml");
        assertThat(second.getAttribute("line")).isEqualTo("2");
        assertThat(only(report, "failure").getAttribute("message"))
                .isEqualTo("status: 500 (expected: 200)");
        assertThat(only(report, "failure").getTextContent())
                .isEqualTo("status: 500 (expected: 200)\n  + x\ntests/b.c.toml:2");
        assertThat(only(report, "system-err").getTextContent()).isEqualTo("a line");
    }

    @Test
    void whateverFunctionsWroteItIsWellFormed() throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 300; i++) {
            byte[] noise = new byte[40];
            random.nextBytes(noise);
            String text = new String(noise, UTF_8) + "]]>\u0000\u001b[31m\ufffe\ud800<&\"'";
            Mismatch mismatch = new Mismatch("body", text, List.of(new Line(Kind.EXPECTED, text)));

            Document report =
                    read(List.of(result("tests/a.toml", List.of(mismatch), List.of(text))));
            assertThat(only(report, "failure").getTextContent()).contains("]]>\\u0000\\u001b[31m");
        }
    }
}
