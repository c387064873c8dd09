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

    /** A loop: files of tests have tens of thousands of keys, and a stream for each is felt. */
    private static boolean isBare(String key) {
        for (int i = 0; i < key.length(); i++) {
            if (!isBare(key.charAt(i))) {
                return false;
            }
        }
        return !key.isEmpty();
    }

    private static boolean isBare(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '-'
                || c == '_';
    }
}
