package dev.mayfly.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mayfly.cli.Mismatch.Kind;
import dev.mayfly.cli.Mismatch.Line;
import dev.mayfly.manifest.TestCase.Body;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Compares bytes that came, a body or a record's value, with what is said of them.
 *
 * @param subject what to call them
 * @param file where paths start from
 * @param came the bytes
 * @param key where in {@code expect} a text of them is written
 * @param goldens may be written anew
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record BytesCheck(String subject, CaseFile file, byte[] came, String key, Goldens goldens) {
    private static final ObjectReader JSON =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build()
                    .readerFor(JsonNode.class);

    private static final int SHOWN_LINES = 20;
    private static final int BYTES_AROUND = 16;
    private static final int INLINE_CHARS = 2000;

    List<Mismatch> compare(Body expected, Optional<Pattern> matches) throws IOException {
        List<Mismatch> mismatches = new ArrayList<>();
        switch (expected) {
            case Body.None _ -> {}
            case Body.Text(String text) -> text(text, mismatches);
            case Body.Json(String json) -> json(json, mismatches);
            case Body.File(String path) -> golden(path, mismatches);
        }
        matches.ifPresent(pattern -> search(pattern, mismatches));
        return mismatches;
    }

    private void text(String expected, List<Mismatch> mismatches) {
        whole(expected.getBytes(UTF_8), "", mismatches);
        Optional<String> text = Visible.text(came);
        if (goldens.updating() && !mismatches.isEmpty() && text.isPresent()) {
            String line =
                    text.get().length() <= INLINE_CHARS
                            ? "expect." + key + " = " + Json.text(text.get())
                            : "it is too long for this place: write expect." + key + "_file";
            List<Line> lines = List.of(new Line(Kind.NOTE, line));
            mismatches.add(new Mismatch(subject, "as it came, to be written by hand:", lines));
        }
    }

    private void golden(String path, List<Mismatch> mismatches) throws IOException {
        Path golden = file.resolve(path);
        boolean there = Files.isRegularFile(golden);
        byte[] expected = there ? Files.readAllBytes(golden) : new byte[0];
        if (there && Arrays.equals(expected, came)) {
            return;
        }
        if (goldens.updating()) {
            if (!goldens.write(golden, came)) {
                String summary = path + " was written with something else for another case";
                mismatches.add(new Mismatch(subject, summary, sample()));
            }
        } else if (there) {
            whole(expected, " of " + path, mismatches);
        } else {
            String summary = "there is no file " + path + " yet: mayfly test --update writes it";
            mismatches.add(new Mismatch(subject, summary, sample()));
        }
    }

    private void whole(byte[] expected, String of, List<Mismatch> mismatches) {
        if (Arrays.equals(expected, came)) {
            return;
        }
        Optional<String> wanted = Visible.text(expected);
        Optional<String> text = Visible.text(came);
        if (wanted.isPresent() && text.isPresent()) {
            String summary = "is not the text" + of + " that is expected";
            mismatches.add(new Mismatch(subject, summary, TextDiff.of(wanted.get(), text.get())));
        } else {
            mismatches.add(binary(expected, of));
        }
    }

    private Mismatch binary(byte[] expected, String of) {
        int at = Arrays.mismatch(expected, came);
        return new Mismatch(
                subject,
                came.length
                        + " bytes, not the "
                        + expected.length
                        + " bytes"
                        + of
                        + " that are expected; they differ from byte "
                        + at
                        + " on",
                List.of(
                        new Line(Kind.EXPECTED, hex(expected, at)),
                        new Line(Kind.CAME, hex(came, at))));
    }

    private static String hex(byte[] bytes, int at) {
        int end = Math.min(bytes.length, at + BYTES_AROUND);
        StringBuilder hex = new StringBuilder();
        for (int i = Math.min(at, bytes.length); i < end; i++) {
            hex.append(String.format("%02x ", bytes[i]));
        }
        return hex.append(end == bytes.length ? "(end)" : "…").toString();
    }

    private void json(String expected, List<Mismatch> mismatches) throws IOException {
        try {
            List<Line> lines =
                    JsonDiff.of(JSON.<JsonNode>readValue(expected), JSON.<JsonNode>readValue(came));
            if (!lines.isEmpty()) {
                mismatches.add(new Mismatch(subject, "lacks what is expected of it", lines));
            }
        } catch (JsonProcessingException e) {
            String summary = "is no JSON: " + Visible.escaped(e.getOriginalMessage());
            mismatches.add(new Mismatch(subject, summary, sample()));
        }
    }

    private void search(Pattern pattern, List<Mismatch> mismatches) {
        String text = Visible.text(came).orElseGet(() -> new String(came, ISO_8859_1));
        if (!Patterns.find(pattern, text)) {
            String summary = "nothing in it matches " + Visible.quoted(pattern.pattern());
            mismatches.add(new Mismatch(subject, summary, sample()));
        }
    }

    /** The beginning of what came. */
    private List<Line> sample() {
        if (came.length == 0) {
            return List.of(new Line(Kind.CAME, "(empty)"));
        }
        Optional<String> text = Visible.text(came);
        if (text.isEmpty()) {
            return List.of(new Line(Kind.CAME, hex(came, 0)));
        }
        List<Line> lines = new ArrayList<>();
        for (String line : text.get().lines().limit(SHOWN_LINES).toList()) {
            lines.add(new Line(Kind.CAME, Visible.escaped(Visible.around(line, 0))));
        }
        if (text.get().lines().count() > SHOWN_LINES) {
            lines.add(new Line(Kind.NOTE, "…"));
        }
        return lines;
    }
}
