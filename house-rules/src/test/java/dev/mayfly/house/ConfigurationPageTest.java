package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.gateway.Setting;
import dev.mayfly.gateway.SettingGroup;
import dev.mayfly.gateway.SettingSources;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The tables of docs/configuration.md are made of the table that the server reads its settings by.
 */
final class ConfigurationPageTest {
    private static final String PAGE = "docs/configuration.md";
    private static final String WRITE = "mayfly.pages.write";
    private static final String COMMAND =
            "./mvnw -pl house-rules -am -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dtest=ConfigurationPageTest -D"
                    + WRITE
                    + "=true test";

    @Test
    void thePageListsWhatTheServerReads() throws IOException {
        String page = Repository.text(PAGE);
        String made = with(with(page, "forms", forms()), "settings", settings());
        if (Boolean.getBoolean(WRITE)) {
            Files.writeString(Repository.ROOT.resolve(PAGE), made);
            page = made;
        }
        assertThat(page).as("write it anew: %s", COMMAND).isEqualTo(made);
    }

    private static String with(String page, String name, String part) {
        String begin = "<!-- made of the code: " + name + " -->\n";
        String end = "<!-- end of " + name + " -->\n";
        int from = page.indexOf(begin);
        int to = page.indexOf(end);
        assertThat(from).as(begin).isNotNegative();
        assertThat(to).as(end).isGreaterThan(from);
        return page.substring(0, from + begin.length()) + part + page.substring(to);
    }

    private static Stream<Setting> all() {
        return SettingSources.known().stream().flatMap(group -> group.settings().stream());
    }

    /** What only one setting has is told with it. */
    private static Map<String, Long> uses() {
        return all().collect(
                        Collectors.groupingBy(
                                each -> each.form().name() + "|" + each.form().allowed(),
                                LinkedHashMap::new,
                                Collectors.counting()));
    }

    private static boolean isCommon(Setting.Form form) {
        return uses().getOrDefault(form.name() + "|" + form.allowed(), 0L) > 1
                || (form.name().startsWith("duration") && !form.allowed().startsWith("a duration"));
    }

    private static String forms() {
        String rows =
                all().map(Setting::form)
                        .filter(ConfigurationPageTest::isCommon)
                        .distinct()
                        .sorted(Comparator.comparing(Setting.Form::name))
                        .map(form -> "| %s | %s |\n".formatted(form.name(), form.allowed()))
                        .collect(Collectors.joining());
        return "| form | a value is |\n|---|---|\n" + rows;
    }

    private static String settings() {
        return SettingSources.known().stream()
                .map(ConfigurationPageTest::section)
                .collect(Collectors.joining("\n"));
    }

    private static String section(SettingGroup group) {
        String rows =
                group.settings().stream()
                        .map(ConfigurationPageTest::row)
                        .collect(Collectors.joining());
        return "## "
                + group.title()
                + "\n\n| setting | what it is | form | default |\n|---|---|---|---|\n"
                + rows;
    }

    private static String row(Setting setting) {
        String names =
                "`%s`<br>`%s`".formatted(setting.key(), setting.variable())
                        + setting.flag().map(flag -> "<br>`" + flag + "`").orElse("");
        String form =
                isCommon(setting.form())
                        ? setting.form().name()
                        : setting.form().name() + ": " + setting.form().allowed();
        String fallback = setting.fallback().text();
        return "| %s | %s%s | %s | %s |\n"
                .formatted(
                        names,
                        setting.meaning(),
                        setting.secret() ? " **Secret.**" : "",
                        form,
                        setting.fallback().fixed() ? "`" + fallback + "`" : fallback);
    }
}
