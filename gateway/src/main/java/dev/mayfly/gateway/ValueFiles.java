package dev.mayfly.gateway;

import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Values that the environment leaves in files, as containers are given their secrets: {@code
 * MAYFLY_DATABASE_URL_FILE} names the file that holds {@code database.url}. What a file holds is in
 * no problem's text.
 */
final class ValueFiles {
    /** Bytes of such a file. */
    static final int MOST_BYTES = 64 << 10;

    /** Of the key under which the variable of such a file is known. */
    static final String SUFFIX = "_file";

    private final Map<String, SettingsFile.Given> named = new LinkedHashMap<>();

    /** Notes a variable by its key; only those that end in {@code _file} are of interest here. */
    void notice(String key, SettingsFile.Given path) {
        if (key.endsWith(SUFFIX)) {
            named.put(key.substring(0, key.length() - SUFFIX.length()), path);
        }
    }

    /** {@return the key under which the variable for {@code key}'s file was noted, if it was} */
    Optional<String> variableOf(String key) {
        return named.containsKey(key) ? Optional.of(key + SUFFIX) : Optional.empty();
    }

    /**
     * {@return the value of {@code key}} A file stands where the variable itself would: over
     * mayfly.toml, under a flag.
     *
     * @param given what other sources say
     * @param problems takes a file that cannot be read, and a value that is given twice
     */
    SettingsFile.@Nullable Given over(
            String key, SettingsFile.@Nullable Given given, List<Problem> problems) {
        SettingsFile.Given path = named.get(key);
        if (path == null || (given != null && given.kind() == SettingsFile.Source.FLAG)) {
            return given;
        }
        if (given != null && given.kind() == SettingsFile.Source.VARIABLE) {
            problems.add(
                    path.problem(
                            key,
                            given.from() + " is set as well (expected: one of the two)",
                            "remove one"));
            return given;
        }
        return read(key, path, problems);
    }

    private static SettingsFile.@Nullable Given read(
            String key, SettingsFile.Given path, List<Problem> problems) {
        try {
            return SettingsFile.Given.inFile(path, text(Path.of(path.text())));
        } catch (IOException | InvalidPathException e) {
            problems.add(
                    path.problem(
                            key,
                            path.text() + " cannot be read (" + reason(e) + ")",
                            "name a file that holds the value and that this user may read"));
            return null;
        }
    }

    private static String reason(Exception failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file";
            case CharacterCodingException _ -> "it is not UTF-8";
            default -> String.valueOf(failure.getMessage());
        };
    }

    /** Without the end of its last line, which editors and {@code echo} put there. */
    private static String text(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IOException("more than " + MOST_BYTES + " bytes");
        }
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.replaceFirst("\r?\n\\z", "");
    }
}
