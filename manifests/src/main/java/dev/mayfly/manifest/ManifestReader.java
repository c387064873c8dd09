package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/** Reads an app.toml. */
final class ManifestReader {
    private ManifestReader() {}

    static Parsed<Manifest> read(String toml) {
        Document document = Document.read(toml);
        Findings findings = new Findings();
        Manifest manifest = AppTable.ROOT.read(document.root(), KeyPath.ROOT, findings);
        if (!document.errors().isEmpty()) {
            return new Parsed.Invalid<>(besideSyntax(document, findings, toml));
        }
        CrossRules.check(document.root(), findings);
        return manifest == null || findings.count() > 0
                ? new Parsed.Invalid<>(findings.problems())
                : new Parsed.Valid<>(manifest.at(Node.places(document.root())));
    }

    /** What is wrong with the shape of a document without syntax errors. */
    static Findings shape(Document document) {
        Findings findings = new Findings();
        AppTable.ROOT.read(document.root(), KeyPath.ROOT, findings);
        return findings;
    }

    /**
     * With syntax errors the document has holes: of the rest only what is wrong with a written
     * value is sure. What is missing may be in a hole, and below a broken header keys land in the
     * wrong table.
     */
    static List<Problem> besideSyntax(Document document, Findings findings, String toml) {
        List<Problem> problems = new ArrayList<>(document.errors());
        Set<Integer> broken = new HashSet<>();
        document.errors().forEach(error -> broken.add(error.line()));
        NavigableSet<Integer> headers = headers(toml);
        for (Findings.Finding finding : findings.all()) {
            int line = finding.problem().line();
            Integer header = headers.floor(line);
            boolean astray = header != null && broken.contains(header);
            if (finding.kind() != Findings.Kind.MISSING && !astray && !broken.contains(line)) {
                problems.add(finding.problem());
            }
        }
        problems.sort(Problem.BY_PLACE);
        return problems;
    }

    private static NavigableSet<Integer> headers(String toml) {
        NavigableSet<Integer> headers = new TreeSet<>();
        int number = 1;
        for (String line : toml.split("\n", -1)) {
            if (line.stripLeading().startsWith("[")) {
                headers.add(number);
            }
            number++;
        }
        return headers;
    }
}
