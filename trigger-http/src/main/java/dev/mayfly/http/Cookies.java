package dev.mayfly.http;

import org.jspecify.annotations.Nullable;

/** Reads one cookie of a request, which over HTTP/2 may have a field for each. */
final class Cookies implements HeaderFields.Visitor {
    private final String name;
    private @Nullable String value;

    private Cookies(String name) {
        this.name = name;
    }

    /** {@return the first value of the cookie {@code name}, null if there is none} */
    static @Nullable String value(HeaderFields fields, String name) {
        Cookies found = new Cookies(name);
        fields.forEach(found);
        return found.value;
    }

    @Override
    public void field(CharSequence field, CharSequence content) {
        if (value == null && Octets.sameIgnoringCase(field, "cookie")) {
            read(content.toString());
        }
    }

    private void read(String pairs) {
        for (int from = 0; from < pairs.length() && value == null; ) {
            int semicolon = pairs.indexOf(';', from);
            int end = semicolon < 0 ? pairs.length() : semicolon;
            readPair(pairs.substring(from, end).strip());
            from = end + 1;
        }
    }

    private void readPair(String pair) {
        if (pair.startsWith(name) && pair.startsWith("=", name.length())) {
            value = pair.substring(name.length() + 1);
        }
    }
}
