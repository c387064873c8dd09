package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release's archive, of this build: unpacked where there are no sources, on a real JDK. */
final class ReleaseIT {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir static Path folder;
    private static Path archive = Path.of("");
    private static Path unpacked = Path.of("");

    @BeforeAll
    static void aReleaseIsUnpacked() throws Exception {
        archive = packed(folder.resolve("one"));
        Path place = Files.createDirectories(folder.resolve("some place"));
        shell("tar", "-x", "-z", "-f", archive.toString(), "-C", place.toString());
        unpacked = place.resolve("mayfly");
    }

    private static Path packed(Path place) throws Exception {
        Path staged = Files.createDirectories(place).resolve("mayfly");
        Path file = place.resolve("mayfly.tar.gz");
        String script = REPOSITORY.resolve("deploy/release").toString();
        shell(script, "stage", staged.toString());
        shell(script, "pack", staged.toString(), file.toString());
        return file;
    }

    private static void shell(String... command) throws Exception {
        Typed typed = Installation.run(new ProcessBuilder(command));
        assertThat(typed.exit()).as(typed.err()).isZero();
    }

    @Test
    void theSameProgramMakesTheSameBytes() throws Exception {
        assertThat(packed(folder.resolve("two"))).hasSameBinaryContentAs(archive);
    }

    @Test
    void itStartsWithoutSourcesAndUsesTheCacheOfItsFirstStart() throws Exception {
        Typed first = Installation.run(released("version"));
        Typed second = Installation.run(released("version"));

        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out()).startsWith("mayfly ").contains("runtime");
        assertThat(second).isEqualTo(first);
        assertThat(caches()).singleElement().satisfies(cache -> assertThat(cache).isNotEmptyFile());
    }

    private static List<Path> caches() throws IOException {
        try (Stream<Path> files = Files.list(unpacked.resolve("program"))) {
            return files.filter(file -> file.toString().endsWith(".aot")).toList();
        }
    }

    /** With {@code on}, Java ends with an error where it would pass a cache over. */
    private static ProcessBuilder released(String... arguments) {
        ProcessBuilder command =
                new ProcessBuilder(
                                Stream.concat(
                                                Stream.of(
                                                        unpacked.resolve("bin/mayfly").toString()),
                                                Stream.of(arguments))
                                        .toList())
                        .directory(folder.toFile());
        command.environment().keySet().removeIf(name -> name.startsWith("MAYFLY_"));
        command.environment().put("PATH", "/usr/bin:/bin");
        command.environment().put("JAVA_HOME", System.getProperty("java.home"));
        command.environment().put("MAYFLY_AOT", "on");
        return command;
    }
}
