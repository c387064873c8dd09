package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is built when: real folders, real shells. */
final class BuildRunTest {
    @TempDir Path folder;

    /** Builds as the command does; {@return the names of what was built} */
    private Set<String> build() throws IOException, InterruptedException {
        Manifest manifest = valid(AppReader.parse(folder.resolve("app.toml")));
        BuildLedger ledger = BuildLedger.of(folder);
        List<BuildUnit> units = valid(BuildPlan.of(manifest, folder));
        ledger.keepOnly(units);
        Set<String> built = new TreeSet<>();
        for (BuildUnit unit : units) {
            BuildRun run = new BuildRun(folder, manifest, unit, ledger);
            BuildInputs inputs = run.inputs();
            if (run.isDue(inputs) && run.run(inputs, false, _ -> {}) instanceof BuildEnd.Built) {
                built.add(unit.name());
            }
        }
        return built;
    }

    private static <T> T valid(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Valid<T>(T value) -> value;
            case Parsed.Invalid<T>(var problems) -> throw new AssertionError(problems);
        };
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private void app(String... functions) throws IOException {
        write(
                "app.toml",
                "manifest_version = 1\napp = { name = \"a\" }\n" + String.join("", functions));
    }

    private static String function(String name, String command, String watch) {
        return """
        [function.%1$s]
        source = "%1$s.wasm"
        [function.%1$s.build]
        command = '''%2$s'''
        watch = %3$s
        """
                .formatted(name, command, watch);
    }

    @Test
    void aSecondBuildFindsNothingToDo() throws Exception {
        app(function("one", "cat src/one.c > one.wasm", "[\"src/**\"]"));
        write("src/one.c", "1");

        assertThat(build()).containsExactly("one");
        assertThat(build()).isEmpty();
    }

    @Test
    void timesDecideNothingAndContentDoes() throws Exception {
        app(function("one", "cat src/one.c > one.wasm", "[\"src/**\"]"));
        write("src/one.c", "1");
        build();

        Files.setLastModifiedTime(
                folder.resolve("src/one.c"), FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(build()).isEmpty();

        FileTime before = Files.getLastModifiedTime(folder.resolve("src/one.c"));
        write("src/one.c", "2");
        Files.setLastModifiedTime(folder.resolve("src/one.c"), before);
        assertThat(build()).containsExactly("one");
        assertThat(folder.resolve("one.wasm")).hasContent("2");
    }

    @Test
    void anotherCommandOrAnotherModuleIsBuiltAgain() throws Exception {
        app(function("one", "cat src/one.c > one.wasm", "[\"src/**\"]"));
        write("src/one.c", "1");
        build();

        write("one.wasm", "somebody else's");
        assertThat(build()).containsExactly("one");
        Files.delete(folder.resolve("one.wasm"));
        assertThat(build()).containsExactly("one");
        app(function("one", "cat src/one.c src/one.c > one.wasm", "[\"src/**\"]"));
        assertThat(build()).containsExactly("one");
        assertThat(folder.resolve("one.wasm")).hasContent("11");
    }

    @Test
    void theScriptThatIsRunIsASourceByItself() throws Exception {
        app(function("one", "sh make-it", "[\"src/**\"]"));
        write("src/one.c", "1");
        write("make-it", "cat src/one.c > one.wasm");
        build();

        write("make-it", "cat src/one.c src/one.c > one.wasm");
        assertThat(build()).containsExactly("one");
        assertThat(build()).isEmpty();
    }

    @Test
    void withoutGlobsNothingTellsSoItIsBuiltEachTime() throws Exception {
        app(function("one", "echo x > one.wasm", "[]"));

        assertThat(build()).containsExactly("one");
        assertThat(build()).containsExactly("one");
    }

    @Test
    void whatTheBuildWritesIsBuiltOnceMoreAtMost() throws Exception {
        app(function("one", "echo made > made.h; cat *.c > one.wasm", "[\"**\"]"));
        write("one.c", "1");

        assertThat(build()).containsExactly("one");
        build(); // made.h is a source now
        assertThat(build()).isEmpty();
    }

    @Test
    void aFailedBuildIsTriedAgain() throws Exception {
        app(function("one", "test -e ready && cat one.c > one.wasm", "[\"one.c\"]"));
        write("one.c", "1");

        assertThat(build()).isEmpty();
        write("ready", "");
        assertThat(build()).containsExactly("one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "7",
                "{\"version\": 1, \"builds\": \"none\"}",
                "{\"version\": 1, \"builds\": [3, {\"command\": []}]}",
                "{\"version\": 2, \"builds\": []}",
                "<<<<<<< HEAD\n"
            })
    void aDamagedStateMeansThatAllIsBuilt(String damage) throws Exception {
        app(function("one", "cat one.c > one.wasm", "[\"one.c\"]"));
        write("one.c", "1");
        build();
        write(".mayfly/build.json", damage);

        assertThat(build()).containsExactly("one");
        assertThat(build()).isEmpty();
    }

    @Test
    void aStateOfAnotherTimeIsNotBelieved() throws Exception {
        app(function("one", "cat one.c > one.wasm", "[\"one.c\"]"));
        write("one.c", "1");
        build();
        String old = Files.readString(folder.resolve(".mayfly/build.json"));
        write("one.c", "2");
        build();
        write(".mayfly/build.json", old);

        assertThat(build()).containsExactly("one");
        assertThat(folder.resolve("one.wasm")).hasContent("2");
    }

    /** A model of which sources each function has against what is built, over random edits. */
    @Test
    void exactlyThatIsBuiltWhoseSourcesChanged() throws Exception {
        long seed = Long.getLong("mayfly.fuzz.seed", new Random().nextLong());
        Edits edits = new Edits(new Random(seed));
        for (int step = 0; step < 60; step++) {
            Set<String> expected = edits.some();
            app(edits.functions());
            assertThat(build()).as("seed %d, step %d", seed, step).isEqualTo(expected);
        }
    }

    private final class Edits {
        private static final int FUNCTIONS = 4;

        private final Random random;
        private final int[] versions = new int[FUNCTIONS];
        private int sharedVersion;
        private final int[] commands = new int[FUNCTIONS];
        private final Set<String> due = new TreeSet<>();
        private final String[] built = new String[FUNCTIONS];

        Edits(Random random) throws IOException {
            this.random = random;
            write("shared/common.h", "0");
            write("notes.txt", "0");
            for (int i = 0; i < FUNCTIONS; i++) {
                write("src/f" + i + "/deep/main.c", "0");
                built[i] = "";
            }
        }

        String[] functions() {
            List<String> all = new ArrayList<>();
            for (int i = 0; i < FUNCTIONS; i++) {
                String command = "cat src/f" + i + "/deep/main.c shared/* > f" + i + ".wasm";
                String watch = "[\"src/f" + i + "/**/*.c\"" + (sharing(i) ? ", \"shared\"]" : "]");
                all.add(function("f" + i, command + " #" + commands[i], watch));
            }
            return all.toArray(String[]::new);
        }

        private static boolean sharing(int i) {
            return i % 2 == 0;
        }

        Set<String> some() throws IOException {
            due.clear();
            for (int edits = random.nextInt(4); edits > 0; edits--) {
                edit(random.nextInt(FUNCTIONS));
            }
            for (int i = 0; i < FUNCTIONS; i++) {
                String state =
                        versions[i] + " " + commands[i] + (sharing(i) ? " " + sharedVersion : "");
                if (!state.equals(built[i])) {
                    due.add("f" + i);
                    built[i] = state;
                }
            }
            return new TreeSet<>(due);
        }

        private void edit(int i) throws IOException {
            switch (random.nextInt(7)) {
                case 0 -> {
                    versions[i] = random.nextInt(3);
                    write("src/f" + i + "/deep/main.c", String.valueOf(versions[i]));
                }
                case 1 -> {
                    sharedVersion = random.nextInt(3);
                    write("shared/common.h", String.valueOf(sharedVersion));
                }
                case 2 -> commands[i] = random.nextInt(2);
                case 3 -> write("notes.txt", String.valueOf(random.nextInt()));
                case 4 -> write("src/f" + i + "/main.h", String.valueOf(random.nextInt()));
                case 5 ->
                        write(
                                "src/f" + i + "/deep/main.c",
                                Files.readString(folder.resolve("src/f" + i + "/deep/main.c")));
                default -> {
                    Files.deleteIfExists(folder.resolve("f" + i + ".wasm"));
                    built[i] = "";
                }
            }
        }
    }
}
