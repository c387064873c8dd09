package dev.mayfly.guests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GuestsTest {
    private static final Path SOURCES = Path.of("src/guests");

    @Test
    void everySourceIsBuilt() throws IOException {
        try (Stream<Path> folders = Files.list(SOURCES)) {
            List<String> names =
                    folders.filter(Files::isDirectory)
                            .map(f -> f.getFileName().toString())
                            .toList();
            assertThat(names)
                    .isNotEmpty()
                    .allSatisfy(
                            name -> assertThat(Guests.module(name)).startsWith(0, 'a', 's', 'm'));
        }
    }

    @Test
    void everyGuestIsInTheTableOfTheReadme() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        try (Stream<Path> folders = Files.list(SOURCES)) {
            assertThat(folders.filter(Files::isDirectory))
                    .allSatisfy(f -> assertThat(readme).contains("`" + f.getFileName() + "`"));
        }
    }

    @Test
    void aMissingGuestIsNamed() {
        assertThatThrownBy(() -> Guests.module("nobody")).hasMessageContaining("nobody");
    }

    @Test
    void aReportIsReadBackByteForByte() {
        String body = "env A=x\\x5c\\xc3\narg /p\ncount 1\nstdin 3\na\nbtty 0\n";
        EchoReport report = EchoReport.of(body.getBytes(ISO_8859_1));
        assertThat(report.environment()).containsEntry("A", "x\\\u00c3");
        assertThat(report.arguments()).containsExactly("/p");
        assertThat(report.stdin()).isEqualTo("a\nb");
        assertThat(report.line("count")).isEqualTo("1");
        assertThat(report.lines()).containsExactly("count 1", "tty 0");
    }

    @Test
    void maskingTwiceIsTheSecretAgain() {
        byte[] secret = {1, -7, 0x5a};
        assertThat(Guests.masked(Guests.masked(secret))).isEqualTo(secret);
        assertThat(Guests.masked(secret)).doesNotContain(secret);
    }
}
