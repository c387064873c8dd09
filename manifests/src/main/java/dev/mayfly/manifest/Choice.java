package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of a few words. */
record Choice<T>(String noun, Map<String, T> words) implements Shape<T> {
    Choice {
        words = Ordered.copy(words);
    }

    /** The constants of an enum, in lower case. */
    static <E extends Enum<E>> Choice<E> of(String noun, Class<E> type) {
        Map<String, E> words = new LinkedHashMap<>();
        Arrays.stream(type.getEnumConstants())
                .forEach(constant -> words.put(constant.name().toLowerCase(Locale.ROOT), constant));
        return new Choice<>(noun, words);
    }

    @Override
    public @Nullable T read(Node node, KeyPath path, Findings findings) {
        T value = node instanceof Node.Scalar(_, String word) ? words.get(word) : null;
        return value != null ? value : refuse(node, path, findings, mend(node));
    }

    private String mend(Node node) {
        return node instanceof Node.Scalar(_, String word)
                ? Nearest.to(word, words.keySet())
                        .map(near -> "write " + Shown.of(near))
                        .orElse("write one of these")
                : "write text in double quotes";
    }

    @Override
    public Map<String, Object> schema() {
        return Map.of("enum", new ArrayList<>(words.keySet()));
    }

    @Override
    public String expected() {
        List<String> quoted = words.keySet().stream().map(Shown::of).toList();
        return String.join(" or ", quoted);
    }
}
