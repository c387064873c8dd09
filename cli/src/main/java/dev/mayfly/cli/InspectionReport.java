package dev.mayfly.cli;

import dev.mayfly.gateway.Inspection.Inspected;
import dev.mayfly.gateway.Inspection.Interpreted;
import dev.mayfly.gateway.Inspection.Part;
import dev.mayfly.gateway.Inspection.Sample;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A module's make-up, for people or for programs. */
final class InspectionReport {
    private static final int LABEL = 13;
    private static final int PAGE_KIB = 64;

    private final Inspected module;

    InspectionReport(Inspected module) {
        this.module = module;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        line(text, "form", module.form());
        line(text, "entry point", module.entrypoint());
        line(text, "exports", String.join(" ", module.exports()));
        line(text, "memory", memory());
        line(text, "sample run", sample(module.sample()));
        line(text, "size", bytes(module.moduleBytes()));
        for (Part part : module.sections()) {
            text.append(
                    String.format(Locale.ROOT, "    %12s  %s\n", bytes(part.bytes()), part.name()));
        }
        line(text, "imports", String.valueOf(module.imports().size()));
        module.imports().forEach(name -> text.append("    ").append(name).append('\n'));
        line(text, "interpreted", interpreted());
        for (Interpreted function : module.interpreted()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "    %12s  %s: %s\n",
                            bytes(function.bytes()),
                            function.function(),
                            function.reason()));
        }
        module.warnings().forEach(warning -> line(text, "warning", warning));
        return text.toString();
    }

    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("form", module.form());
        json.put("entrypoint", module.entrypoint());
        json.put("exports", module.exports());
        json.put("memory", memoryFacts());
        json.put("sample", sampleFacts());
        json.put("bytes", module.moduleBytes());
        json.put("sections", module.sections().stream().map(InspectionReport::facts).toList());
        json.put("imports", module.imports());
        json.put(
                "interpreted", module.interpreted().stream().map(InspectionReport::facts).toList());
        json.put("warnings", module.warnings());
        return Json.text(json) + "\n";
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(label).append(" ".repeat(LABEL - label.length())).append(value).append('\n');
    }

    private String memory() {
        return String.format(
                Locale.ROOT,
                "%d KiB at the start, %d KiB at most; the snapshot keeps %d KiB",
                module.memory().initialPages() * PAGE_KIB,
                module.memory().maximumPages() * PAGE_KIB,
                module.memory().imagePages() * PAGE_KIB);
    }

    private static String sample(Sample sample) {
        return String.format(
                Locale.ROOT,
                "GET / %s after %.1f ms, cold; %s of 4 KiB dirty, %s of 64 KiB grown",
                sample.ending(),
                sample.time().toNanos() / 1e6,
                Count.of(sample.dirtyPages(), "page"),
                Count.of(sample.grownPages(), "page"));
    }

    private String interpreted() {
        return module.interpreted().isEmpty()
                ? "nothing, every function is compiled"
                : Count.of(module.interpreted().size(), "function") + " (50 to 100 times slower)";
    }

    private static String bytes(int bytes) {
        return String.format(Locale.ROOT, "%,d B", bytes);
    }

    private Map<String, Object> memoryFacts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("initial_pages", module.memory().initialPages());
        facts.put("maximum_pages", module.memory().maximumPages());
        facts.put("image_pages", module.memory().imagePages());
        return facts;
    }

    private Map<String, Object> sampleFacts() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("ending", module.sample().ending());
        facts.put("nanos", module.sample().time().toNanos());
        facts.put("dirty_pages", module.sample().dirtyPages());
        facts.put("grown_pages", module.sample().grownPages());
        return facts;
    }

    private static Map<String, Object> facts(Part part) {
        return Map.of("name", part.name(), "bytes", part.bytes());
    }

    private static Map<String, Object> facts(Interpreted function) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("function", function.function());
        facts.put("bytes", function.bytes());
        facts.put("reason", function.reason());
        return facts;
    }
}
