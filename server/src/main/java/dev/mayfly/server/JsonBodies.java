package dev.mayfly.server;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mayfly.manifest.Problem;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** JSON, read strictly: no unknown or repeated keys, nothing too deep, nothing behind the end. */
final class JsonBodies {
    private static final ObjectMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(ApiLimits.MOST_DEPTH)
                                                    .maxStringLength(ApiLimits.LONGEST_TEXT)
                                                    .maxNumberLength(32)
                                                    .maxNameLength(1024)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private JsonBodies() {}

    /** What came of reading. */
    sealed interface Outcome {
        /** It has the shape. */
        record Read(Record value) implements Outcome {}

        /** What is wrong with it. */
        record Flawed(List<Problem> problems) implements Outcome {}
    }

    static Outcome read(InputStream body, Struct shape) {
        try {
            return shaped(MAPPER.readTree(body), shape);
        } catch (JsonProcessingException e) {
            return new Outcome.Flawed(List.of(problem(e)));
        } catch (CharConversionException e) {
            return new Outcome.Flawed(
                    List.of(Shape.problem("", "the body is no UTF-8", "send JSON as UTF-8")));
        } catch (IOException e) {
            throw new UncheckedIOException("a body could not be read", e);
        }
    }

    private static Outcome shaped(JsonNode tree, Struct shape) {
        List<Problem> problems = new ArrayList<>();
        shape.check(tree, "", problems);
        return problems.isEmpty()
                ? new Outcome.Read((Record) shape.read(tree))
                : new Outcome.Flawed(problems);
    }

    /** In our words: the library's tell of its classes, and repeat what may be secret. */
    private static Problem problem(JsonProcessingException failure) {
        JsonLocation at = failure.getLocation();
        String message =
                failure instanceof StreamConstraintsException
                        ? "a text, name or number that is too long, or lists within lists too deep"
                        : words(failure.getOriginalMessage());
        return new Problem(
                at == null ? 0 : Math.max(0, at.getLineNr()),
                at == null ? 0 : Math.max(0, at.getColumnNr()),
                "",
                message,
                "send one JSON object");
    }

    private static String words(String original) {
        return original.startsWith("Duplicate field")
                ? "a key that was there before (expected: each key once)"
                : "this is no JSON";
    }

    static byte[] bytes(JsonNode tree) {
        try {
            return MAPPER.writeValueAsBytes(tree);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree could not be written", e);
        }
    }
}
