package dev.mayfly.http;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Writes a request's fields as variables. A first pass looks whether a name may come twice or
 * {@code Connection} names others; nearly always neither is so, and the second pass writes each
 * field where it stands. Otherwise they are joined by name first.
 */
final class HeaderVariables {
    private HeaderVariables() {}

    static void write(HeaderFields fields, boolean redirected, Variables out) {
        Survey survey = new Survey();
        fields.forEach(survey);
        if (survey.complicated || redirected) {
            joined(fields, redirected).forEach((name, value) -> out.field(fields, name, value));
        } else {
            fields.forEach((name, value) -> {
                if (CgiFields.reachFunction(name)) {
                    out.field(fields, name, value);
                }
            });
        }
    }

    private static Map<String, StringBuilder> joined(HeaderFields fields, boolean redirected) {
        Map<String, StringBuilder> joined = new LinkedHashMap<>();
        StringBuilder nominated = new StringBuilder();
        fields.forEach((name, value) -> {
            if (Octets.sameIgnoringCase(name, "connection")) {
                nominated.append(value).append(',');
            } else if (CgiFields.reachFunction(name)
                    && !(redirected && CgiFields.describesBody(name))) {
                join(joined, name.toString().toLowerCase(Locale.ROOT), value);
            }
        });
        for (String name : nominated.toString().split(",", -1)) {
            joined.remove(name.strip().toLowerCase(Locale.ROOT));
        }
        return joined;
    }

    private static void join(Map<String, StringBuilder> joined, String name, CharSequence value) {
        StringBuilder whole = joined.get(name);
        if (whole == null) {
            joined.put(name, new StringBuilder(value));
        } else {
            whole.append(name.equals("cookie") ? "; " : ", ").append(value);
        }
    }

    /** Compares a cheap hash of each name with those before it: a chance hit costs only time. */
    private static final class Survey implements HeaderFields.Visitor {
        private static final int MOST = 32;

        private final int[] hashes = new int[MOST];
        private int count;
        private boolean complicated;

        @Override
        public void field(CharSequence name, CharSequence value) {
            if (complicated || count == MOST || name.isEmpty() || nominates(name, value)) {
                complicated = true;
                return;
            }
            int hash = hash(name);
            for (int i = 0; i < count; i++) {
                complicated |= hashes[i] == hash;
            }
            hashes[count++] = hash;
        }

        private static boolean nominates(CharSequence name, CharSequence value) {
            return Octets.sameIgnoringCase(name, "connection")
                    && !Octets.sameIgnoringCase(value, "keep-alive")
                    && !Octets.sameIgnoringCase(value, "close");
        }

        private static int hash(CharSequence name) {
            int length = name.length();
            int hash = length;
            hash = 31 * hash + Octets.lower(name.charAt(0));
            hash = 31 * hash + Octets.lower(name.charAt(length - 1));
            hash = 31 * hash + Octets.lower(name.charAt(length / 2));
            return 31 * hash + Octets.lower(name.charAt(length / 3));
        }
    }
}
