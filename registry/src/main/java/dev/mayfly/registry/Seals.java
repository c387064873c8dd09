package dev.mayfly.registry;

/**
 * Seals what a server keeps outside of the database, with the keys that secrets are sealed with.
 * Needs no database. Any thread.
 */
public interface Seals {
    /**
     * {@return the text, sealed; one line}
     *
     * @param label what it is: what was sealed as one thing does not open as another
     * @param text anything
     */
    String seal(String label, String text);

    /**
     * {@return the text} Throws {@link UnavailableException} when it was sealed with a key that
     * this server does not have, or was changed since.
     *
     * @param label what it was sealed as
     * @param sealed the line
     */
    String open(String label, String sealed);
}
