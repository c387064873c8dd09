package dev.mayfly.manifest;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads a file of tests. */
final class TestReader {
    private static final List<String> OF_REQUESTS = List.of("headers");
    private static final List<String> EXPECTED_OF_REQUESTS =
            List.of("status", "headers", "body", "body_file", "body_matches", "json");
    private static final List<String> EXPECTED_OF_RECORDS = List.of("output", "no_output");

    private TestReader() {}

    static Parsed<TestFile> read(String toml) {
        Document document = Document.read(toml);
        Findings findings = new Findings();
        List<TestCase> cases = TestTable.ROOT.read(document.root(), KeyPath.ROOT, findings);
        if (!document.errors().isEmpty()) {
            return new Parsed.Invalid<>(ManifestReader.besideSyntax(document, findings, toml));
        }
        checkTogether(document.root(), findings);
        return cases == null || findings.count() > 0
                ? new Parsed.Invalid<>(findings.problems())
                : new Parsed.Valid<>(new TestFile(cases, Node.places(document.root())));
    }

    /** What a single key cannot say of itself. */
    private static void checkTogether(Node.Table root, Findings findings) {
        Set<String> names = new HashSet<>();
        List<Node> cases = root.list("case");
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i) instanceof Node.Table table) {
                KeyPath path = KeyPath.ROOT.key("case").element(i);
                checkName(table, path, names, findings);
                checkKind(table, path, findings);
            }
        }
    }

    private static void checkName(
            Node.Table table, KeyPath path, Set<String> names, Findings findings) {
        table.find("name")
                .ifPresent(node -> {
                    if (node instanceof Node.Scalar(Place place, String name) && !names.add(name)) {
                        String message = Shown.of(name) + " is the name of a case above, too";
                        KeyPath at = path.key("name");
                        findings.add(
                                Findings.Kind.BEYOND_SCHEMA,
                                place,
                                at,
                                message,
                                "choose another name");
                    }
                });
    }

    private static void checkKind(Node.Table table, KeyPath path, Findings findings) {
        boolean request = table.entries().containsKey("request");
        boolean record = table.entries().containsKey("record");
        if (request == record) {
            return; // reported already
        }
        Node.Table expected = table.table("expect");
        KeyPath expect = path.key("expect");
        if (request) {
            refuse(EXPECTED_OF_RECORDS, expected, expect, "request", findings);
            checkHeaders(table, path, findings);
        } else {
            refuse(OF_REQUESTS, table, path, "record", findings);
            refuse(EXPECTED_OF_REQUESTS, expected, expect, "record", findings);
        }
    }

    private static void refuse(
            List<String> keys, Node.Table table, KeyPath path, String kind, Findings findings) {
        for (String key : keys) {
            table.find(key)
                    .ifPresent(node -> {
                        String message = "says nothing of a " + kind;
                        findings.add(
                                Findings.Kind.BEYOND_SCHEMA,
                                node.place(),
                                path.key(key),
                                message,
                                mend(key, kind));
                    });
        }
    }

    private static String mend(String key, String kind) {
        if (kind.equals("request")) {
            return "remove it: only a record has an output";
        }
        return switch (key) {
            case "headers" ->
                    "a record's headers are written record.headers, those of what it makes expect.output.headers";
            case "status" -> "remove it, or write expect.exit_code";
            default -> "write it in expect.output";
        };
    }

    private static void checkHeaders(Node.Table table, KeyPath path, Findings findings) {
        Set<String> seen = new HashSet<>();
        table.table("headers")
                .entries()
                .forEach((name, node) -> {
                    if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                        String message = "is the same header as one above: case does not count";
                        KeyPath at = path.key("headers").key(name);
                        findings.add(
                                Findings.Kind.BEYOND_SCHEMA,
                                node.place(),
                                at,
                                message,
                                "write its values as a list");
                    }
                });
    }
}
