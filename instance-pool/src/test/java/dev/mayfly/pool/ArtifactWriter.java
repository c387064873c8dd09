package dev.mayfly.pool;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

/** Writes artifacts until it is killed; a process of its own. */
final class ArtifactWriter {
    static final int NAMES = 6;

    private ArtifactWriter() {}

    public static void main(String[] arguments) {
        ArtifactStore store = new ArtifactStore(Path.of(arguments[0]), 4 << 20);
        Random random = new Random(Long.parseLong(arguments[1]));
        System.out.println("writing");
        for (; ; ) {
            byte[] bytes = new byte[1 + random.nextInt(1 << 20)];
            Arrays.fill(bytes, (byte) random.nextInt());
            store.keep(name(random.nextInt(NAMES)), Map.of("all", bytes));
        }
    }

    static String name(int number) {
        return "artifact" + number + ".image";
    }
}
