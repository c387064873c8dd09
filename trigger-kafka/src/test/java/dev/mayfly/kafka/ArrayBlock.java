package dev.mayfly.kafka;

import dev.mayfly.pool.StringBlock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A string block on the heap, read back as a guest would read it. */
final class ArrayBlock implements StringBlock {
    private byte[] bytes = new byte[16];
    private int end;
    private final List<Integer> starts = new ArrayList<>();

    @Override
    public byte[] room(int more) {
        if (end + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * (end + more));
        }
        return bytes;
    }

    @Override
    public int end() {
        return end;
    }

    @Override
    public void accept(int length) {
        starts.add(end);
        end += length;
    }

    @Override
    public void append(byte[] rendered, int[] offsets) {
        System.arraycopy(rendered, 0, room(rendered.length), end, rendered.length);
        for (int offset : offsets) {
            starts.add(end + offset);
        }
        end += rendered.length;
    }

    /** {@return each string up to its NUL, a char a byte} */
    List<String> strings() {
        List<String> strings = new ArrayList<>();
        for (int start : starts) {
            int nul = start;
            while (bytes[nul] != 0) {
                nul++;
            }
            strings.add(new String(bytes, start, nul - start, StandardCharsets.ISO_8859_1));
        }
        return strings;
    }

    /** {@return name and value of each string; fails if a name comes twice} */
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String string : strings()) {
            int equals = string.indexOf('=');
            String before =
                    variables.put(string.substring(0, equals), string.substring(equals + 1));
            if (before != null) {
                throw new AssertionError("twice: " + string);
            }
        }
        return variables;
    }
}
