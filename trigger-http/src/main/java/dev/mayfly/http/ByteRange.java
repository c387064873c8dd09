package dev.mayfly.http;

/** A {@code Range} field against a file's size. */
sealed interface ByteRange {
    /** One range. */
    record Part(long offset, long length) implements ByteRange {}

    /** Past the end: 416. */
    record Unsatisfiable() implements ByteRange {}

    /** Malformed, of another unit, or several at once: the whole file answers it as well. */
    record Ignored() implements ByteRange {}

    static ByteRange read(String field, long size) {
        int dash = field.indexOf('-');
        if (!field.startsWith("bytes=") || dash < 0) {
            return new Ignored();
        }
        String first = field.substring(6, Math.max(6, dash)).strip();
        String last = field.substring(dash + 1).strip();
        if (first.isEmpty()) {
            return isNumber(last) ? suffix(number(last), size) : new Ignored();
        }
        if (!isNumber(first) || (!last.isEmpty() && !isNumber(last))) {
            return new Ignored();
        }
        long from = number(first);
        long to = last.isEmpty() ? size - 1 : Math.min(number(last), size - 1);
        if (!last.isEmpty() && number(last) < from) {
            return new Ignored();
        }
        return from >= size ? new Unsatisfiable() : new Part(from, to - from + 1);
    }

    private static ByteRange suffix(long wanted, long size) {
        long length = Math.min(wanted, size);
        return length == 0 ? new Unsatisfiable() : new Part(size - length, length);
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static long number(String digits) {
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
    }
}
