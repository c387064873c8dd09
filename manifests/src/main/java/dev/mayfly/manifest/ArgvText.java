package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads an argument template. It is split at blanks first, double quotes group; what is put in
 * later is never split. A variable is known by its <code>${…}</code>, inside quotes too.
 */
final class ArgvText {
    static final Text<ArgvTemplate> ARGV =
            Text.any("an argument template", "words such as ${SCRIPT_NAME} ${ARGS}")
                    .refusing("\\u0000")
                    .as(ArgvText::read);

    private static final String SCRIPT_NAME = "${SCRIPT_NAME}";
    private static final String ARGS = "${ARGS}";

    private ArgvText() {}

    static Reading<ArgvTemplate> read(String text) {
        List<ArgvTemplate.Word> words = new ArrayList<>();
        if (text.chars().filter(c -> c == '"').count() % 2 != 0) {
            return new Reading.Bad<>("a double quote is left open", "close it");
        }
        for (String written : split(text)) {
            switch (word(written)) {
                case Reading.Good<ArgvTemplate.Word>(ArgvTemplate.Word word) -> words.add(word);
                case Reading.Bad<ArgvTemplate.Word>(String why, String mend) -> {
                    return new Reading.Bad<>(why, mend);
                }
            }
        }
        return new Reading.Good<>(new ArgvTemplate(text, words));
    }

    /** Splits at blanks outside quotes and takes the quotes off; {@code ""} is an empty word. */
    private static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inQuotes = false;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean blank = !inQuotes && isBlank(c);
            if (blank && inWord) {
                words.add(word.toString());
                word.setLength(0);
            } else if (c == '"') {
                inQuotes = !inQuotes;
            } else if (!blank) {
                word.append(c);
            }
            inWord = !blank;
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r';
    }

    private static Reading<ArgvTemplate.Word> word(String written) {
        if (written.equals(ARGS)) {
            return new Reading.Good<>(new ArgvTemplate.Word.QueryItems());
        }
        List<ArgvTemplate.Part> parts = new ArrayList<>();
        int from = 0;
        for (int at = written.indexOf("${"); at >= 0; at = written.indexOf("${", from)) {
            if (!written.startsWith(SCRIPT_NAME, at)) {
                return unknown(written.substring(at));
            }
            literal(written.substring(from, at), parts);
            parts.add(new ArgvTemplate.Part.ScriptName());
            from = at + SCRIPT_NAME.length();
        }
        literal(written.substring(from), parts);
        return new Reading.Good<>(new ArgvTemplate.Word.Text(parts));
    }

    private static void literal(String text, List<ArgvTemplate.Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new ArgvTemplate.Part.Literal(text));
        }
    }

    private static Reading<ArgvTemplate.Word> unknown(String from) {
        if (from.startsWith(ARGS)) {
            return new Reading.Bad<>(
                    "${ARGS} becomes several arguments", "make it a word of its own");
        }
        int close = from.indexOf('}');
        String name = close < 0 ? from : from.substring(0, close + 1);
        return new Reading.Bad<>(Shown.of(name) + " is unknown", "write ${SCRIPT_NAME} or ${ARGS}");
    }
}
