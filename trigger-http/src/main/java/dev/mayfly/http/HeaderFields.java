package dev.mayfly.http;

import org.jspecify.annotations.Nullable;

/**
 * Header fields in the order received. Each char of a name or value is one byte as received (ISO
 * 8859-1).
 */
public interface HeaderFields {
    /**
     * {@return the first value of {@code name}, any case; null if there is none (not Optional:
     * request path)}
     *
     * @param name the name
     */
    @Nullable CharSequence first(String name);

    /**
     * Shows every field to {@code visitor}, in order.
     *
     * @param visitor what sees them
     */
    void forEach(Visitor visitor);

    /**
     * Copies {@code text}, a name or value of these fields, into {@code into} from {@code at} on, a
     * byte a char.
     *
     * @param at where in the array
     * @param into the array to fill
     * @param text the text
     */
    default void copy(CharSequence text, byte[] into, int at) {
        for (int i = 0; i < text.length(); i++) {
            into[at + i] = (byte) text.charAt(i);
        }
    }

    /** Sees fields. */
    @FunctionalInterface
    interface Visitor {
        /**
         * One field.
         *
         * @param name the name
         * @param value its value
         */
        void field(CharSequence name, CharSequence value);
    }
}
