package dev.mayfly.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Random documents by the thousand; {@code -Dmayfly.fuzz.runs} makes it more, seeds are printed.
 */
class PropertiesTest {
    private static final int RUNS = Integer.getInteger("mayfly.fuzz.runs", 2_000);
    private static final long SEED =
            Long.getLong("mayfly.fuzz.seed", new SplittableRandom().nextLong());

    private static final List<String> CORPUS =
            List.of(
                    Samples.resource("examples/shop.toml"),
                    Samples.resource("corpus/full.toml"),
                    Samples.resource("corpus/broken.toml"),
                    Samples.resource("corpus/odd.toml"),
                    Samples.resource("corpus/modules.toml"),
                    Samples.resource("corpus/spin.toml"));

    private static String run(int number) {
        return "-Dmayfly.fuzz.seed=" + SEED + ", run " + number;
    }

    private static void report(String what, int valid) {
        System.out.printf(
                "%s: %d runs, %d of them valid, -Dmayfly.fuzz.seed=%d%n", what, RUNS, valid, SEED);
    }

    @Test
    void aManifestThatIsWrittenOutIsReadBackEqual() {
        RandomManifests manifests = new RandomManifests(new Dice(SEED));
        for (int i = 0; i < RUNS; i++) {
            Manifest manifest = manifests.next();
            String toml = Written.of(manifest);
            assertThat(Manifests.parse(toml))
                    .as("%s%n%s", run(i), toml)
                    .isEqualTo(new Parsed.Valid<>(manifest));
        }
        report("written and read back", RUNS);
    }

    @Test
    void noTextMakesTheParserThrow() {
        Mutations mutations = new Mutations(new Dice(SEED), CORPUS);
        int valid = 0;
        for (int i = 0; i < RUNS; i++) {
            String toml = mutations.next();
            switch (Manifests.parse(toml)) {
                case Parsed.Valid<Manifest>(Manifest manifest) -> {
                    valid++;
                    useWhole(manifest);
                }
                case Parsed.Invalid<Manifest>(List<Problem> problems) ->
                        checkReport(problems, toml, run(i));
            }
        }
        report("broken manifests", valid);
    }

    private static void useWhole(Manifest manifest) {
        assertThat(Manifests.notServedYet(manifest)).isNotNull();
        assertThat(Manifests.exceeding(manifest, ServerLimits.DEFAULT)).isNotNull();
        assertThat(Manifests.resolve(manifest, Map.of())).isNotNull();
    }

    /** Every problem is one line, inside the text, with something to say, and in order. */
    private static void checkReport(List<Problem> problems, String toml, String run) {
        long lines = toml.chars().filter(c -> c == '\n').count() + 1;
        assertThat(problems).as(run).isNotEmpty().isSortedAccordingTo(Problem.BY_PLACE);
        for (Problem problem : problems) {
            assertThat((long) problem.line()).as(run).isBetween(0L, lines);
            assertThat(problem.message()).as(run).isNotBlank();
            assertThat(problem.at("app.toml").chars()).as(run).noneMatch(Character::isISOControl);
        }
    }

    @Test
    void schemaAndParserAgreeOnEveryWellFormedDocument() {
        Mutations mutations = new Mutations(new Dice(SEED), CORPUS.subList(0, 3));
        RandomManifests manifests = new RandomManifests(new Dice(SEED));
        int valid = 0;
        for (int i = 0; i < RUNS; i++) {
            String toml = mutations.mutated(Written.of(manifests.next()));
            Document document = Document.read(i % 2 == 0 ? toml : mutations.next());
            if (document.errors().isEmpty() && !hasWholeDoubles(document.root())) {
                List<Findings.Finding> found =
                        new ArrayList<>(ManifestReader.shape(document).all());
                found.removeIf(finding -> finding.kind() == Findings.Kind.BEYOND_SCHEMA);
                assertThat(Schemas.refusals(document).isEmpty())
                        .as("%s%n%s%n%s", run(i), toml, found)
                        .isEqualTo(found.isEmpty());
                valid += found.isEmpty() ? 1 : 0;
            }
        }
        report("schema against parser", valid);
    }

    /** JSON Schema takes 1.0 for an integer, TOML tells the two apart. */
    private static boolean hasWholeDoubles(Node node) {
        return switch (node) {
            case Node.Table table ->
                    table.entries().values().stream().anyMatch(PropertiesTest::hasWholeDoubles);
            case Node.Array array ->
                    array.elements().stream().anyMatch(PropertiesTest::hasWholeDoubles);
            case Node.Scalar(_, Object value) ->
                    value instanceof Double number && number == Math.rint(number);
        };
    }

    @Test
    void whateverIsImportedIsValidAndNothingMakesTheImportersThrow() {
        Mutations mutations = new Mutations(new Dice(SEED), CORPUS.subList(4, 6));
        int valid = 0;
        for (int i = 0; i < RUNS; i++) {
            String toml = mutations.next();
            for (Parsed<Imported> imported :
                    List.of(Manifests.importWagi(toml, "shop"), Manifests.importSpin(toml))) {
                switch (imported) {
                    case Parsed.Valid<Imported>(Imported app) -> {
                        valid++;
                        assertThat(Samples.lines(Samples.problems(app.toml())))
                                .as("%s%n%s", run(i), toml)
                                .isEmpty();
                    }
                    case Parsed.Invalid<Imported>(List<Problem> problems) ->
                            checkReport(problems, toml, run(i));
                }
            }
        }
        report("imports", valid);
    }

    @Test
    void noTextMakesTheReaderOfAFormatThrow() {
        Dice dice = new Dice(SEED);
        List<Text<?>> formats = List.copyOf(KeyTable.formats());
        int valid = 0;
        for (int i = 0; i < RUNS; i++) {
            String text = dice.text("[]{}$:./*?%-_~ \"\\0159amMsSGETiB\u0000é", 0, 12);
            for (Text<?> format : formats) {
                valid += format.read(text) instanceof Reading.Good<?> ? 1 : 0;
            }
        }
        report(formats.size() + " formats", valid);
    }

    @Test
    void noRoutePatternMakesItsReaderThrow() {
        Dice dice = new Dice(SEED);
        List<String> routes = List.of("/", "/...", "/a/b", "/users/:id/x", "/%41/:a-b/...", "/a/");
        Mutations mutations = new Mutations(dice, routes);
        int valid = 0;
        for (int i = 0; i < RUNS; i++) {
            String text = dice.coin() ? mutations.next() : dice.text("/:.%aA0-_ \u0000é", 0, 30);
            if (RoutePattern.read(text) instanceof Parsed.Valid<RoutePattern>(RoutePattern route)) {
                valid++;
                assertThat(route.text()).as(run(i)).isEqualTo(text);
                assertThat(route.segments().size()).as(run(i)).isLessThanOrEqualTo(text.length());
                assertThat(route.open()).as(run(i)).isEqualTo(text.endsWith("/..."));
            }
        }
        report("route patterns", valid);
    }
}
