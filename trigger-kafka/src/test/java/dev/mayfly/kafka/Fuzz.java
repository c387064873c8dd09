package dev.mayfly.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Seeded random inputs: mutations of a committed corpus, a line an input, chars are bytes. A small
 * slice runs by default; {@code -Dmayfly.fuzz.runs=100000} asks for more, {@code
 * -Dmayfly.fuzz.seed=…} repeats a failure.
 */
final class Fuzz {
    private static final int RUNS = Integer.getInteger("mayfly.fuzz.runs", 3000);

    private final List<String> corpus;
    private final Random random;

    private Fuzz(List<String> corpus, long seed) {
        this.corpus = corpus;
        random = new Random(seed);
    }

    /** Something that must hold for every input. */
    @FunctionalInterface
    interface Property {
        void holdsFor(String input, Random random) throws Exception;
    }

    /** Checks {@code property} with mutations of {@code fuzz/<name>.txt}. */
    static void check(String name, Property property) throws IOException {
        long seed = Long.getLong("mayfly.fuzz.seed", System.nanoTime());
        Fuzz fuzz = new Fuzz(corpus(name), seed);
        for (int run = 0; run < RUNS; run++) {
            String input = fuzz.input(run);
            try {
                property.holdsFor(input, fuzz.random);
            } catch (Exception | AssertionError e) {
                String replay = " -Dmayfly.fuzz.seed=" + seed + " run " + run;
                throw new AssertionError(name + replay + ": " + escaped(input), e);
            }
        }
        System.out.println("fuzz " + name + ": " + RUNS + " runs, seed " + seed);
    }

    private static List<String> corpus(String name) throws IOException {
        try (InputStream in = Fuzz.class.getResourceAsStream("/fuzz/" + name + ".txt")) {
            if (in == null) {
                throw new IOException("no corpus " + name);
            }
            String all = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return all.lines().map(String::translateEscapes).toList();
        }
    }

    private String input(int run) {
        if (run < corpus.size()) {
            return corpus.get(run);
        }
        StringBuilder input = new StringBuilder(any());
        for (int i = random.nextInt(6); i >= 0; i--) {
            mutate(input);
        }
        return input.toString();
    }

    private String any() {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private void mutate(StringBuilder input) {
        int at = random.nextInt(input.length() + 1);
        switch (random.nextInt(6)) {
            case 0 -> input.insert(at, (char) random.nextInt(256));
            case 1 -> input.insert(at, "\n\r\0:;/{}[]\\\" \t.,".charAt(random.nextInt(16)));
            case 2 -> input.delete(at, Math.min(input.length(), at + 1 + random.nextInt(4)));
            case 3 -> input.insert(at, piece(any()));
            case 4 -> input.setLength(at);
            default -> input.append(any());
        }
        if (random.nextInt(200) == 0) {
            input.insert(at, "x".repeat(random.nextInt(70_000)));
        }
    }

    private String piece(String text) {
        int from = random.nextInt(text.length() + 1);
        return text.substring(from, from + random.nextInt(text.length() - from + 1));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (char c : text.substring(0, Math.min(500, text.length())).toCharArray()) {
            escaped.append(c > ' ' && c < 0x7f ? String.valueOf(c) : "\\%03o".formatted((int) c));
        }
        return escaped.toString();
    }
}
