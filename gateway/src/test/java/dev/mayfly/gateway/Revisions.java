package dev.mayfly.gateway;

import dev.mayfly.guests.Guests;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Revisions of one app that say twice which they are: in their environment, and by a constant in
 * the module, which is one of {@link #MODULES} different ones.
 */
record Revisions(Path folder) {
    static final int MODULES = 4;

    /** What the guest writes before each line that tells of its environment. */
    private static final byte[] WORD = "\0env \0".getBytes(StandardCharsets.US_ASCII);

    /** With more lines of the function's table. */
    AppRevision revision(long number, String... lines) {
        return revision(number, "", String.join("\n", lines));
    }

    /** Its route is sticky. */
    AppRevision sticky(long number, String by) {
        return revision(number, "sticky = \"" + by + "\"", "");
    }

    private AppRevision revision(long number, String ofRoute, String ofFunction) {
        String place = "m" + constant(number);
        AppFolder files = new AppFolder(folder.resolve("revisions").resolve(place));
        AppSource app =
                files.with("echo-c.wasm", module(number))
                        .app(
                                """
                                [[trigger.http]]
                                route = "/..."
                                function = "echo-c"
                                %s
                                [function.echo-c]
                                source = "echo-c.wasm"
                                environment = { REVISION = "%d" }
                                %s
                                """
                                        .formatted(ofRoute, number, ofFunction));
        return new AppRevision(app.manifest(), number, app.folder());
    }

    private static long constant(long number) {
        return 100 + number % MODULES;
    }

    private static byte[] module(long number) {
        byte[] module = Guests.module("echo-c");
        byte[] digits = Long.toString(constant(number)).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(digits, 0, module, place(module) + 1, digits.length);
        return module;
    }

    private static int place(byte[] module) {
        for (int at = 0; at < module.length - WORD.length; at++) {
            if (Arrays.equals(module, at, at + WORD.length, WORD, 0, WORD.length)) {
                return at;
            }
        }
        throw new IllegalStateException("the guest has no such word");
    }

    static PreparedApp prepared(Gateway gateway, AppRevision revision) {
        return switch (gateway.prepare(revision)) {
            case Preparation.Prepared prepared -> prepared.app();
            case Preparation.Refused refused -> throw new AssertionError(refused.problems());
        };
    }

    /** The revision that an answer's body tells, if it tells the same twice; else -1. */
    static long told(String body) {
        for (String line : body.split("\n", -1)) {
            int word = line.indexOf(" REVISION=");
            if (word == 3) {
                long number = Long.parseLong(line.substring(word + " REVISION=".length()));
                return line.startsWith(Long.toString(constant(number))) ? number : -1;
            }
        }
        return -1;
    }
}
