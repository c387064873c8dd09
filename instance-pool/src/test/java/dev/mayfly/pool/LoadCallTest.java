package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a module may say while it is loaded. */
class LoadCallTest {
    private final List<String> lines = new ArrayList<>();
    private final LoadCall call = new LoadCall(Map.of(), lines::add, lines::add);

    private void write(int bytes) throws IOException {
        byte[] endless = new byte[bytes];
        Arrays.fill(endless, (byte) 'x');
        call.write(endless, 0, bytes);
    }

    @Test
    @Tag("limit:LoadCall.MOST")
    void outputEndsTheLoadOnceItIsMoreThanAnybodyReads() throws IOException {
        write(256 << 10);
        assertThatIOException().isThrownBy(() -> write(1)).withMessageContaining("262144 bytes");
    }

    @Test
    @Tag("limit:LoadCall.LONGEST_LINE")
    void aLongLineIsCutInTwo() throws IOException {
        write((8 << 10) + 1);
        assertThat(lines).extracting(String::length).containsExactly(8 << 10);
    }
}
