package dev.mayfly.cli;

/** Numbers with their nouns. */
final class Count {
    private Count() {}

    /** {@return {@code 1 route}, {@code 2 routes}} */
    static String of(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
