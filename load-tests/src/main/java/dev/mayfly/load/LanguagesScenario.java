package dev.mayfly.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What each language costs: the template of each, loaded, brought back and asked for its greeting,
 * each in a process of its own with the launcher's flags.
 */
final class LanguagesScenario implements Scenario {
    private static final List<String> TEMPLATES =
            List.of("c", "rust", "assemblyscript", "go", "java", "kotlin", "python");

    private static final String MODULE = "hello.wasm";
    private static final String INTERPRETER = "python.wasm";

    @Override
    public String name() {
        return "languages";
    }

    @Override
    public String summary() {
        return "size, load, cold start and microseconds of a request of each language's template";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        for (String language : TEMPLATES) {
            Path template = checkout.root().resolve("sdk-templates").resolve(language);
            if (Files.exists(template.resolve(MODULE))
                    || Files.exists(template.resolve(INTERPRETER))) {
                List<String> lines = probe(template, effort);
                figures.row(language, described(lines.getFirst(), Vitals.parse(lines.getLast())));
                add(language, Vitals.parse(lines.getLast()), figures);
            } else {
                figures.row(language, "skipped: not built; run its ./build");
            }
        }
    }

    /** Two lines: the form, then the vitals. */
    private static List<String> probe(Path template, Effort effort)
            throws IOException, InterruptedException {
        String seconds = effort.quick() ? "1" : "12";
        return Checkout.run(
                        Jvm.command(LanguageProbe.class, "-Xmx2g", template.toString(), seconds))
                .lines()
                .toList();
    }

    private static String described(String form, Vitals vitals) {
        return form.toLowerCase(Locale.ROOT)
                + ", "
                + vitals.get("dirty")
                + " pages dirty, "
                + (vitals.get("reset") == 1 ? "reset" : "a new sandbox each time")
                + ", "
                + vitals.get("interpreted")
                + " functions interpreted, a copy has "
                + (vitals.get("sandbox") >> 10)
                + " KiB";
    }

    private static void add(String language, Vitals vitals, Figures figures) {
        figures.count(language + "_bytes", vitals.get("module"));
        figures.value(language + "_load_ms", vitals.get("load") / 1e6, 0);
        figures.value(language + "_reload_ms", vitals.get("reload") / 1e6, 1);
        figures.value(language + "_cold_ms", vitals.get("cold") / 1e6, 1);
        figures.value(language + "_us", vitals.get("request") / 1e3, 1);
        figures.count(language + "_image_kib", vitals.get("image") >> 10);
    }
}
