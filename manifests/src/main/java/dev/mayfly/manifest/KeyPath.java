package dev.mayfly.manifest;

/**
 * The way to a value: {@code trigger.http[0].route}.
 *
 * @param text as people read it
 * @param name the last key, without an index
 */
record KeyPath(String text, String name) {
    static final KeyPath ROOT = new KeyPath("", "");

    KeyPath key(String key) {
        String written = quoted(key);
        return new KeyPath(text.isEmpty() ? written : text + "." + written, key);
    }

    KeyPath element(int index) {
        return new KeyPath(text + "[" + index + "]", name);
    }

    /** A key as it must be written: bare where TOML allows it. */
    static String quoted(String key) {
        return isBare(key) ? key : Shown.quoted(key);
    }

    private static boolean isBare(String key) {
        return !key.isEmpty() && key.chars().allMatch(KeyPath::isBare);
    }

    private static boolean isBare(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_';
    }
}
