package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher and its AOT cache on a real JDK. One cache serves all tests: it takes seconds. */
final class LauncherIT {
    @TempDir static Path shared;
    private static Installation installed;
    private static Path cache = Path.of("");
    private static byte[] sound = new byte[0];

    @TempDir Path folder;

    @BeforeAll
    static void aTrainedCheckoutWhosePathHasBlanks() throws Exception {
        installed = Installation.in(shared.resolve("my own checkout"));
        Typed first = Installation.run(trained("version"));
        assertThat(first.exit()).as(first.err()).isZero();
        try (Stream<Path> built = Files.list(installed.path("cli/target/mayfly"))) {
            cache =
                    built.filter(file -> file.toString().endsWith(".aot"))
                            .findFirst()
                            .orElseThrow();
        }
        sound = Files.readAllBytes(cache);
    }

    @Test
    void theCacheIsMadeByARealStart() throws IOException {
        assertThat(sound).as(log()).hasSizeGreaterThan(1 << 20);
    }

    @Test
    void theServersOwnClassesComeFromTheCache() throws Exception {
        Path log = folder.resolve("classes");
        ProcessBuilder version = trained("version");
        version.environment().put("MAYFLY_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        Installation.run(version);

        assertThat(Files.readAllLines(log))
                .filteredOn(line -> line.contains(" dev.mayfly.cli.VersionCommand "))
                .singleElement()
                .asString()
                .contains("shared objects file");
    }

    @Test
    void noCacheHoweverDamagedIsEverHeardOf() throws Exception {
        Typed expected = Installation.run(trained("version"));
        try {
            for (Damage damage : Damage.values()) {
                Files.write(cache, sound);
                damage.inflict(cache);
                Typed start = Installation.run(trained("version"));

                assertThat(start).as(damage.name()).isEqualTo(expected);
            }
        } finally {
            Files.write(cache, sound);
        }
    }

    @Test
    void aCollectorTheCacheWasNotMadeForStartsSilentlyToo() throws Exception {
        ProcessBuilder version = trained("version");
        version.environment().put("MAYFLY_JAVA_OPTS", "-XX:+UseSerialGC");

        assertThat(Installation.run(version).err()).isEmpty();
    }

    private enum Damage {
        TRUNCATED {
            @Override
            void inflict(Path cache) throws IOException {
                Files.write(cache, new byte[100_000]);
            }
        },
        EMPTY {
            @Override
            void inflict(Path cache) throws IOException {
                Files.write(cache, new byte[0]);
            }
        },
        CUT_SHORT {
            @Override
            void inflict(Path cache) throws IOException {
                try (FileChannel file = FileChannel.open(cache, StandardOpenOption.WRITE)) {
                    file.truncate(file.size() / 2);
                }
            }
        },
        BITS_FLIPPED {
            @Override
            void inflict(Path cache) throws IOException {
                Random random = new Random(7);
                try (FileChannel file = FileChannel.open(cache, StandardOpenOption.WRITE)) {
                    byte[] noise = new byte[64];
                    for (int i = 0; i < 20; i++) {
                        random.nextBytes(noise);
                        file.write(ByteBuffer.wrap(noise), random.nextLong(file.size()));
                    }
                }
            }
        };

        abstract void inflict(Path cache) throws IOException;
    }

    private static ProcessBuilder trained(String... arguments) {
        ProcessBuilder command = installed.command(shared, arguments);
        command.environment().remove("MAYFLY_AOT");
        command.environment().remove("MAYFLY_JAVA_OPTS");
        return command;
    }

    private static String log() throws IOException {
        return Files.readString(installed.path("cli/target/mayfly/train.log"));
    }
}
