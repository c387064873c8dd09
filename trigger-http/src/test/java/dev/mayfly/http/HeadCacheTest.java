package dev.mayfly.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HeadCacheTest {
    private final HeadCache cache = new HeadCache(new CgiHeadParser(text -> text));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private ParsedHead parse(String block) {
        return cache.parse(bytes(block), block.length());
    }

    private boolean knows(String output) {
        return cache.known(bytes(output), output.length()) != null;
    }

    @Test
    void theSameBytesGiveTheSameHeadAndOthersNone() {
        String block = "Content-Type: a/b\n\n";
        ParsedHead parsed = parse(block);
        byte[] output = bytes(block + "body");
        assertThat(cache.known(output, output.length)).isSameAs(parsed);
        assertThat(knows(block)).isTrue();
        assertThat(knows("Content-Type: a/b\n")).isFalse();
        assertThat(knows("Content-Type: a/c\n\nbody")).isFalse();
        assertThat(knows("Content-Type: a/b\r\n\r\n")).isFalse();
        assertThat(knows("")).isFalse();
    }

    @Test
    void aNewHeadTakesThePlaceOfTheLast() {
        parse("Status: 200\n\n");
        parse("Status: 201\n\n");
        assertThat(knows("Status: 200\n\n")).isFalse();
        assertThat(knows("Status: 201\n\n")).isTrue();
    }

    @Test
    void whatIsLongOrInvalidIsNotKept() {
        String longBlock = "Status: 200\nX: " + "y".repeat(2048) + "\n\n";
        parse(longBlock);
        assertThat(knows(longBlock)).isFalse();
        parse("Status: 2\n\n");
        assertThat(knows("Status: 2\n\n")).isFalse();
    }
}
