package dev.mayfly.cli;

import java.nio.charset.StandardCharsets;

/**
 * A file of a template.
 *
 * @param bytes all of it; nobody changes them
 * @param executable whether whoever may read the copy may run it
 */
@SuppressWarnings("ArrayRecordComponent") // written once, never compared
record TemplateFile(byte[] bytes, boolean executable) {
    static TemplateFile text(String text) {
        return new TemplateFile(text.getBytes(StandardCharsets.UTF_8), false);
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
