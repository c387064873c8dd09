package dev.mayfly.cli;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A module as the row of sections it is:
 *
 * <pre>
 *   00 61 73 6d 01 00 00 00 │ id │ size, LEB128 │ content │ id │ size │ content …
 *                             └ 0: custom: names, debug info, what tools left; means nothing to a run
 * </pre>
 */
final class WasmSections {
    private static final byte[] HEAD = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final int MOST_LEB_BYTES = 5;

    private final byte[] module;
    private final List<Section> sections = new ArrayList<>();

    /** Where a section begins, with its id, and where it ends. */
    private record Section(int id, int begin, int end) {}

    private WasmSections(byte[] module) {
        this.module = module;
    }

    /** {@return the sections; nothing when these bytes are no whole module} */
    static Optional<WasmSections> of(byte[] module) {
        if (!Arrays.equals(HEAD, Arrays.copyOf(module, HEAD.length))) {
            return Optional.empty();
        }
        WasmSections read = new WasmSections(module);
        int at = HEAD.length;
        while (at < module.length) {
            int next = read.section(at);
            if (next < 0) {
                return Optional.empty();
            }
            at = next;
        }
        return Optional.of(read);
    }

    /** Takes the section that begins at {@code begin}; returns its end, or -1 for a broken one. */
    private int section(int begin) {
        long size = 0;
        for (int i = 0; i < MOST_LEB_BYTES && begin + 1 + i < module.length; i++) {
            byte next = module[begin + 1 + i];
            size |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                long end = begin + 2L + i + size;
                if (end > module.length) {
                    return -1;
                }
                sections.add(new Section(module[begin], begin, (int) end));
                return (int) end;
            }
        }
        return -1;
    }

    /** {@return the bytes of its custom sections} */
    int customBytes() {
        return sections.stream()
                .filter(section -> section.id() == 0)
                .mapToInt(section -> section.end() - section.begin())
                .sum();
    }

    /** {@return the same module without them: every other byte as it is, in the same order} */
    byte[] withoutCustom() {
        ByteArrayOutputStream rest = new ByteArrayOutputStream(module.length);
        rest.write(module, 0, HEAD.length);
        for (Section section : sections) {
            if (section.id() != 0) {
                rest.write(module, section.begin(), section.end() - section.begin());
            }
        }
        return rest.toByteArray();
    }
}
