package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/** Seeded random choices. */
final class Dice {
    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    int from(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    boolean coin() {
        return random.nextBoolean();
    }

    <T> T of(List<T> values) {
        return values.get(below(values.size()));
    }

    char of(String chars) {
        return chars.charAt(below(chars.length()));
    }

    <T> Optional<T> maybe(Supplier<T> value) {
        return coin() ? Optional.of(value.get()) : Optional.empty();
    }

    <T> List<T> some(int least, int most, Supplier<T> value) {
        List<T> values = new ArrayList<>();
        int count = from(least, most);
        for (int i = 0; i < count; i++) {
            values.add(value.get());
        }
        return values;
    }

    /** Distinct values; fewer than asked for when the same comes twice. */
    <T> List<T> distinct(int least, int most, Supplier<T> value) {
        return List.copyOf(new LinkedHashSet<>(some(least, most, value)));
    }

    <V> Map<String, V> map(int most, Supplier<String> key, Supplier<V> value) {
        Map<String, V> map = new LinkedHashMap<>();
        some(0, most, key).forEach(name -> map.put(name, value.get()));
        return map;
    }

    String text(String chars, int least, int most) {
        StringBuilder text = new StringBuilder();
        int length = from(least, most);
        for (int i = 0; i < length; i++) {
            text.append(of(chars));
        }
        return text.toString();
    }
}
