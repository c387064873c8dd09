package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseOptions;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import org.tomlj.TomlVersion;

/**
 * A text read as TOML 1.0: what could be read of it, and its syntax errors. The only place that
 * knows the TOML library.
 *
 * @param root what could be read
 * @param errors in file order; when there are any, {@code root} may lack keys
 */
record Document(Node.Table root, List<Problem> errors) {
    /** No manifest written by people comes near; above it parsing would only burn memory. */
    static final int MAX_LENGTH = 1 << 20;

    private static final System.Logger LOG = System.getLogger(Document.class.getName());

    private static final TomlParseOptions OPTIONS =
            TomlParseOptions.sourceless().withVersion(TomlVersion.V1_0_0).withMaxNestingDepth(32);

    static Document read(String text) {
        if (text.length() > MAX_LENGTH) {
            return new Document(Node.Table.EMPTY, List.of(tooLong(text)));
        }
        String toml = withoutMark(text);
        return parsed(toml).orElseGet(() -> unreadable(toml));
    }

    /** Empty where the library itself fails: it does on some malformed texts. */
    private static Optional<Document> parsed(String toml) {
        try {
            TomlParseResult result = Toml.parse(toml, OPTIONS);
            List<Problem> errors = new ArrayList<>();
            result.errors().forEach(error -> errors.add(syntax(error)));
            errors.sort(Problem.BY_PLACE);
            return Optional.of(new Document(table(result, new Place(1, 1)), List.copyOf(errors)));
        } catch (RuntimeException broken) {
            LOG.log(System.Logger.Level.DEBUG, "the TOML library failed", broken);
            return Optional.empty();
        }
    }

    /**
     * The library failed without a place: it is in the last line of the shortest text that fails.
     */
    private static Document unreadable(String toml) {
        List<String> lines = List.of(toml.split("\n", -1));
        int reads = 0;
        int fails = lines.size();
        while (fails - reads > 1) {
            int middle = (reads + fails) / 2;
            boolean good = parsed(String.join("\n", lines.subList(0, middle))).isPresent();
            reads = good ? middle : reads;
            fails = good ? fails : middle;
        }
        Place place = new Place(fails, 1);
        String mend = "look for an open quote or bracket, or a stray character";
        Problem problem = Problem.of(place, "", "not TOML: this line cannot be read", mend);
        return new Document(Node.Table.EMPTY, List.of(problem));
    }

    /** Editors on Windows write a byte order mark; it says nothing and TOML has no place for it. */
    private static String withoutMark(String text) {
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static Problem tooLong(String text) {
        return Problem.of(
                Place.UNKNOWN,
                "",
                text.length() + " characters are too many (expected: at most " + MAX_LENGTH + ")",
                "split the app in two");
    }

    private static Problem syntax(TomlParseError error) {
        String message = Shown.plain(String.valueOf(error.getMessage()));
        return Problem.of(place(error.position()), "", "not TOML: " + message, mend(message));
    }

    private static String mend(String message) {
        if (message.contains("previously defined")) {
            return "keep one of the two";
        }
        return message.contains("expected a value")
                ? "write a value after the =, text in double quotes"
                : "see https://toml.io/en/v1.0.0";
    }

    private static Node.Table table(TomlTable table, Place place) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (Map.Entry<String, Object> entry : table.entrySet()) {
            Place at = place(table.inputPositionOf(List.of(entry.getKey())));
            entries.put(entry.getKey(), node(entry.getValue(), at));
        }
        return new Node.Table(place, entries);
    }

    private static Node.Array array(TomlArray array, Place place) {
        List<Node> elements = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            elements.add(node(array.get(i), place(array.inputPositionOf(i))));
        }
        return new Node.Array(place, elements);
    }

    private static Node node(Object value, Place place) {
        return switch (value) {
            case TomlTable table -> table(table, place);
            case TomlArray array -> array(array, place);
            default -> new Node.Scalar(place, value);
        };
    }

    private static Place place(@Nullable TomlPosition position) {
        return position == null ? Place.UNKNOWN : new Place(position.line(), position.column());
    }
}
