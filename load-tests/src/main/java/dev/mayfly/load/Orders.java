package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.SplittableRandom;

/**
 * The events of a measurement: orders of {@value #BYTES} bytes. Each has the key of a customer,
 * picked by chance, and a number that counts up by key: so whoever reads the answers can tell what
 * is missing, what came twice and what came too early. The same ones in every run.
 */
final class Orders {
    static final int BYTES = 1024;
    static final int ANSWER_BYTES = 100;

    /** Some 40 orders each, of 200,000. */
    static final int KEYS = 5_000;

    private static final int LINES = 8;
    private static final String KEY = "customer-";
    private static final int KEY_DIGITS = 5;

    private final int[] keys;
    private final int[] numbers;
    private final int[][] byKey;

    Orders(int count) {
        keys = new int[count];
        numbers = new int[count];
        int[] counts = new int[KEYS];
        SplittableRandom chance = new SplittableRandom(7);
        for (int n = 0; n < count; n++) {
            keys[n] = chance.nextInt(KEYS);
            numbers[n] = counts[keys[n]]++;
        }
        byKey = new int[KEYS][];
        for (int key = 0; key < KEYS; key++) {
            byKey[key] = new int[counts[key]];
        }
        for (int n = 0; n < count; n++) {
            byKey[keys[n]][numbers[n]] = n;
        }
    }

    int count() {
        return keys.length;
    }

    /** A key is always in the same topic, or it would have no order. */
    int topic(int n, int topics) {
        return keys[n] % topics;
    }

    byte[] key(int n) {
        return keyText(n).getBytes(US_ASCII);
    }

    private String keyText(int n) {
        String digits = Integer.toString(keys[n]);
        return KEY + "0".repeat(KEY_DIGITS - digits.length()) + digits;
    }

    /** JSON of which half is asked for, and half passed over. */
    byte[] value(int n) {
        StringBuilder text = new StringBuilder(BYTES);
        text.append("{\"key\":\"").append(keyText(n)).append("\",\"number\":").append(numbers[n]);
        text.append(",\"placed\":\"2026-11-29T20:33:11Z\",\"currency\":\"EUR\",\"paid\":false,");
        text.append("\"customer\":{\"name\":\"Ada Lovelace\",\"city\":\"London\"},\"lines\":[");
        SplittableRandom chance = new SplittableRandom(n);
        for (int line = 0; line < LINES; line++) {
            text.append(line == 0 ? "" : ",").append("{\"item\":\"sku-").append(1000 + line);
            text.append("\",\"text\":\"a part of an order\",\"quantity\":")
                    .append(quantity(chance));
            text.append(",\"price\":").append(price(chance)).append('}');
        }
        text.append("],\"note\":\"");
        return text.append(".".repeat(BYTES - text.length() - 2))
                .append("\"}")
                .toString()
                .getBytes(US_ASCII);
    }

    /** What the work makes of {@link #value}, in whatever language. */
    byte[] answer(int n) {
        SplittableRandom chance = new SplittableRandom(n);
        long total = 0;
        for (int line = 0; line < LINES; line++) {
            total += (long) quantity(chance) * price(chance);
        }
        return OrderWork.answer(keyText(n), numbers[n], LINES, total);
    }

    private static int quantity(SplittableRandom chance) {
        return chance.nextInt(1, 10);
    }

    private static int price(SplittableRandom chance) {
        return chance.nextInt(100, 100_000);
    }

    /** {@return which order an answer is of, -1 if it is of none} */
    int find(String key, int number) {
        if (!key.matches(KEY + "\\d{" + KEY_DIGITS + "}")) {
            return -1;
        }
        int index = Integer.parseInt(key.substring(KEY.length()));
        return index < KEYS && number >= 0 && number < byKey[index].length
                ? byKey[index][number]
                : -1;
    }

    int keyIndex(int n) {
        return keys[n];
    }

    int number(int n) {
        return numbers[n];
    }
}
