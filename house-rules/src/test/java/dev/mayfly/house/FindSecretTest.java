package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code .ci/find-secret} finds a secret wherever it is planted, and nothing where it is not. */
final class FindSecretTest {
    private static final String SECRET = "planted \"s3cret\"/of+an app, and é";

    @TempDir Path folder;

    @BeforeEach
    void cleanPlaces() throws IOException {
        for (String place : FoundSecrets.PLACES) {
            plant(place, "nothing to see here");
        }
    }

    private void plant(String place, String text) throws IOException {
        Path file = folder.resolve(place).resolve("below").resolve("file");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private FoundSecrets look() throws Exception {
        return FoundSecrets.in(folder, SECRET);
    }

    @Test
    void nothingIsFoundWhereNothingIs() throws Exception {
        assertThat(look()).isEqualTo(new FoundSecrets(0, List.of()));
    }

    @Test
    void itIsFoundInEachPlace() throws Exception {
        for (String place : FoundSecrets.PLACES) {
            plant(place, "before " + SECRET + " after");
            assertThat(look()).as(place).isEqualTo(new FoundSecrets(1, List.of(place)));
            plant(place, "nothing to see here");
        }
    }

    @Test
    void itIsFoundHoweverItIsWritten() throws Exception {
        byte[] bytes = SECRET.getBytes(StandardCharsets.UTF_8);
        Map<String, String> forms =
                Map.of(
                        "hex", HexFormat.of().formatHex(bytes),
                        "upper hex", HexFormat.of().withUpperCase().formatHex(bytes),
                        "percent",
                                URLEncoder.encode(SECRET, StandardCharsets.UTF_8)
                                        .replace("+", "%20"),
                        "base64", base64("" + SECRET),
                        "base64 after one byte", base64("1" + SECRET + " and more"),
                        "base64 after two bytes", base64("12" + SECRET + " and more"),
                        "base64 after three bytes", base64("123" + SECRET + " and more"));
        for (Map.Entry<String, String> form : forms.entrySet()) {
            plant("audit", "x" + form.getValue() + "x");
            assertThat(look().places()).as(form.getKey()).containsExactly("audit");
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPlaceThatIsMissingOrEmptyIsNoCleanOne() throws Exception {
        plant("metrics", "");
        assertThat(look().exit()).isEqualTo(2);
        Files.delete(folder.resolve("metrics/below/file"));
        assertThat(look().exit()).isEqualTo(2);
    }
}
