package dev.mayfly.http;

import dev.mayfly.manifest.ArgvTemplate;
import dev.mayfly.manifest.ArgvTemplate.Part;
import dev.mayfly.manifest.ArgvTemplate.Word;
import dev.mayfly.pool.StringBlock;

/** Fills an argument template in. */
final class Arguments {
    private static final byte[] UNNAMED = {};

    private Arguments() {}

    static void write(ArgvTemplate template, RequestView request, StringBlock block) {
        Variables out = new Variables(block);
        for (Word word : template.words()) {
            switch (word) {
                case Word.Text text -> out.put(UNNAMED, joined(text, request.path()));
                case Word.QueryItems _ -> items(request.query(), out);
            }
        }
    }

    private static String joined(Word.Text word, String path) {
        StringBuilder joined = new StringBuilder();
        for (Part part : word.parts()) {
            switch (part) {
                case Part.Literal(String text) -> joined.append(Escapes.asBytes(text));
                case Part.ScriptName() -> joined.append(path);
            }
        }
        return joined.toString();
    }

    /** One argument per non-empty item, not decoded. */
    private static void items(String query, Variables out) {
        int from = 0;
        while (from < query.length()) {
            int ampersand = query.indexOf('&', from);
            int to = ampersand < 0 ? query.length() : ampersand;
            if (to > from) {
                out.put(UNNAMED, query, from, to);
            }
            from = to + 1;
        }
    }
}
