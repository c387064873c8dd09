package dev.mayfly.manifest;

import java.util.List;

/**
 * The argument template, split and checked.
 *
 * @param text as written
 * @param words in order
 */
public record ArgvTemplate(String text, List<Word> words) {
    /** {@code ${SCRIPT_NAME} ${ARGS}}. */
    public static final ArgvTemplate DEFAULT =
            new ArgvTemplate(
                    "${SCRIPT_NAME} ${ARGS}",
                    List.of(new Word.Text(List.of(new Part.ScriptName())), new Word.QueryItems()));

    /** Copies the list in. */
    public ArgvTemplate {
        words = List.copyOf(words);
    }

    /** One word of the template. */
    public sealed interface Word {
        /**
         * One argument, its parts joined.
         *
         * @param parts in order
         */
        record Text(List<Part> parts) implements Word {
            /** Copies the list in. */
            public Text {
                parts = List.copyOf(parts);
            }
        }

        /** {@code ${ARGS}}: one argument per non-empty query item. */
        record QueryItems() implements Word {}
    }

    /** A piece of an argument. */
    public sealed interface Part {
        /**
         * As written.
         *
         * @param text the text
         */
        record Literal(String text) implements Part {}

        /** {@code ${SCRIPT_NAME}}: the raw request path. */
        record ScriptName() implements Part {}
    }
}
