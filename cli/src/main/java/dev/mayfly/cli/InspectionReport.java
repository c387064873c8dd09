package dev.mayfly.cli;

import dev.mayfly.gateway.Inspection;
import dev.mayfly.gateway.Inspection.Interpreted;
import dev.mayfly.gateway.Inspection.Make;
import dev.mayfly.gateway.Inspection.Memory;
import dev.mayfly.gateway.Inspection.Part;
import dev.mayfly.gateway.Inspection.Sample;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A module's make-up, for people or for programs. */
final class InspectionReport {
    private static final int LABEL = 13;
    private static final int PAGE_KIB = 64;

    private final Inspection seen;

    InspectionReport(Inspection seen) {
        this.seen = seen;
    }

    /** Empty when the file is no module at all. */
    String text() {
        StringBuilder text = new StringBuilder();
        seen.make().ifPresent(make -> begin(text, make));
        seen.sample().ifPresent(sample -> line(text, "sample run", sample(sample)));
        seen.make().ifPresent(make -> parts(text, make));
        seen.warnings().forEach(warning -> line(text, "warning", warning));
        return text.toString();
    }

    private static void begin(StringBuilder text, Make make) {
        line(text, "form", make.form());
        line(text, "entry point", make.entrypoint());
        line(text, "exports", String.join(" ", make.exports()));
        line(text, "memory", memory(make.memory()));
    }

    private static void parts(StringBuilder text, Make make) {
        line(text, "size", bytes(make.moduleBytes()));
        for (Part part : make.sections()) {
            text.append(
                    String.format(Locale.ROOT, "    %12s  %s\n", bytes(part.bytes()), part.name()));
        }
        line(text, "imports", String.valueOf(make.imports().size()));
        make.imports().forEach(name -> text.append("    ").append(name).append('\n'));
        line(text, "interpreted", interpreted(make));
        for (Interpreted function : make.interpreted()) {
            text.append(
                    String.format(
                            Locale.ROOT,
                            "    %12s  %s: %s\n",
                            bytes(function.bytes()),
                            function.function(),
                            function.reason()));
        }
    }

    /** An object, whatever the file is; without a sample when the module does not load. */
    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        seen.make().ifPresent(make -> put(json, make));
        seen.sample().ifPresent(sample -> json.put("sample", facts(sample)));
        json.put("problems", seen.problems());
        json.put("warnings", seen.warnings());
        return Json.text(json) + "\n";
    }

    private static void put(Map<String, Object> json, Make make) {
        json.put("form", make.form());
        json.put("entrypoint", make.entrypoint());
        json.put("exports", make.exports());
        json.put("memory", facts(make.memory()));
        json.put("bytes", make.moduleBytes());
        json.put("sections", make.sections().stream().map(InspectionReport::facts).toList());
        json.put("imports", make.imports());
        json.put("interpreted", make.interpreted().stream().map(InspectionReport::facts).toList());
    }

    private static void line(StringBuilder text, String label, String value) {
        text.append(label).append(" ".repeat(LABEL - label.length())).append(value).append('\n');
    }

    private static String memory(Memory memory) {
        return String.format(
                Locale.ROOT,
                "%d KiB at the start, %d KiB at most; the snapshot keeps %d KiB",
                memory.initialPages() * PAGE_KIB,
                memory.maximumPages() * PAGE_KIB,
                memory.imagePages() * PAGE_KIB);
    }

    private static String sample(Sample sample) {
        return String.format(
                Locale.ROOT,
                "GET / %s after %.1f ms, cold; %s of 4 KiB dirty, %s of 64 KiB grown, %s",
                sample.ending(),
                sample.time().toNanos() / 1e6,
                Count.of(sample.dirtyPages(), "page"),
                Count.of(sample.grownPages(), "page"),
                Count.of(sample.hostCalls(), "host call"));
    }

    private static String interpreted(Make make) {
        return make.interpreted().isEmpty()
                ? "nothing, every function is compiled"
                : Count.of(make.interpreted().size(), "function") + " (50 to 100 times slower)";
    }

    private static String bytes(int bytes) {
        return String.format(Locale.ROOT, "%,d B", bytes);
    }

    private static Map<String, Object> facts(Memory memory) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("initial_pages", memory.initialPages());
        facts.put("maximum_pages", memory.maximumPages());
        facts.put("image_pages", memory.imagePages());
        return facts;
    }

    private static Map<String, Object> facts(Sample sample) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("ending", sample.ending());
        facts.put("nanos", sample.time().toNanos());
        facts.put("dirty_pages", sample.dirtyPages());
        facts.put("grown_pages", sample.grownPages());
        facts.put("host_calls", sample.hostCalls());
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
