package dev.mayfly.http;

/**
 * Which revision a request sees.
 *
 * @param split what chose
 * @param key what it chose by
 * @param part the revision
 */
record Choice(Split split, long key, Split.Part part) {
    /** {@return the choice of {@code split} for a request whose key is known} */
    static Choice of(Split split, long key) {
        return new Choice(split, key, split.choose(key));
    }

    /** {@return whether another split of the same app is to choose by the same key} */
    boolean isOf(String app) {
        return split.app().equals(app);
    }
}
