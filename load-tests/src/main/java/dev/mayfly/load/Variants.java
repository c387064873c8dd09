package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Many modules from one build: the same code with another constant in a data segment. Each has a
 * digest of its own, so that nothing of one serves another, and says its number in every answer, so
 * that a mistaken one is found out.
 */
final class Variants {
    private static final int LETTERS = 5;

    /** One letter is fixed. */
    private static final int MOST = 10_000;

    private final byte[] module;
    private final int at;

    /**
     * Finds the constant.
     *
     * @param module as built
     * @param marker ASCII letters that stand in its data segments exactly once; variants differ in
     *     the first five
     * @throws IllegalArgumentException when they do not
     */
    Variants(byte[] module, String marker) {
        if (marker.length() < LETTERS) {
            throw new IllegalArgumentException("marker: " + marker + " (expected: five letters)");
        }
        this.module = module.clone();
        List<Integer> found = find(marker.getBytes(US_ASCII));
        if (found.size() != 1) {
            throw new IllegalArgumentException(
                    "marker: "
                            + marker
                            + " is "
                            + found.size()
                            + " times in data (expected: once)");
        }
        at = found.getFirst();
    }

    private List<Integer> find(byte[] marker) {
        return DataSegments.of(module).stream()
                .flatMapToInt(payload ->
                        IntStream.rangeClosed(payload.from(), payload.to() - marker.length))
                .filter(from ->
                        Arrays.equals(module, from, from + marker.length, marker, 0, marker.length))
                .boxed()
                .toList();
    }

    int bytes() {
        return module.length;
    }

    /** What variant {@code number} says in the marker's place. */
    static String word(int number) {
        if (number < 0 || number >= MOST) {
            throw new IllegalArgumentException(
                    "number: " + number + " (expected: 0 to " + (MOST - 1) + ")");
        }
        return String.format(Locale.ROOT, "v%04d", number);
    }

    byte[] variant(int number) {
        byte[] patched = module.clone();
        byte[] word = word(number).getBytes(US_ASCII);
        System.arraycopy(word, 0, patched, at, word.length);
        return patched;
    }
}
