package dev.mayfly.kafka;

import dev.mayfly.pool.StringBlock;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** NUL-terminated strings that are the same for every run, appended in one copy. */
final class RenderedStrings {
    private final byte[] bytes;
    private final int[] offsets;

    /** Renders {@code strings} as UTF-8. */
    RenderedStrings(List<String> strings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        List<Integer> starts = new ArrayList<>();
        for (String string : strings) {
            starts.add(out.size());
            out.writeBytes(string.getBytes(StandardCharsets.UTF_8));
            out.write(0);
        }
        bytes = out.toByteArray();
        offsets = starts.stream().mapToInt(Integer::intValue).toArray();
    }

    /** {@return bytes, NULs included} */
    int length() {
        return bytes.length;
    }

    void appendTo(StringBlock block) {
        block.append(bytes, offsets);
    }
}
