package dev.mayfly.manifest;

import java.util.List;

/**
 * A file of tests, valid by itself.
 *
 * @param cases in file order
 * @param places where its keys are written
 */
public record TestFile(List<TestCase> cases, Places places) {
    /** Copies the list in. */
    public TestFile {
        cases = List.copyOf(cases);
    }

    /**
     * {@return where a key of a case is written, or the case if it is not}
     *
     * @param index of the case, from 0
     * @param key within the case, {@code expect.body_file}
     */
    public Place place(int index, String key) {
        return places.of(key(index, key));
    }

    /**
     * {@return the whole of a case's key}
     *
     * @param index of the case, from 0
     * @param key within the case, {@code expect.body_file}
     */
    public static String key(int index, String key) {
        return "case[" + index + "]." + key;
    }
}
