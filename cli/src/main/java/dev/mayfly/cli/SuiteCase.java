package dev.mayfly.cli;

import dev.mayfly.manifest.TestCase;

/**
 * A case of a suite.
 *
 * @param file where it stands
 * @param index in its file, from 0
 * @param input the bytes of its body
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record SuiteCase(CaseFile file, int index, byte[] input) {
    TestCase test() {
        return file.tests().cases().get(index);
    }

    /** {@return where it is written, as editors and terminals link to it} */
    String place() {
        return file.shown() + ":" + file.tests().place(index, "name").line();
    }
}
