package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WasmSectionsTest {
    private static byte[] stripped(byte[] module) {
        return WasmSections.of(module).orElseThrow().withoutCustom();
    }

    /** Custom sections of all sizes at all places come out, and no other byte changes. */
    @ParameterizedTest
    @ValueSource(strings = {"hello-c", "echo-rust", "echo-as", "wizer-c"})
    void whatWasPutBetweenSectionsComesOutAgain(String guest) {
        byte[] bare = stripped(Guests.module(guest));
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 20; round++) {
            byte[] padded = padded(bare, random);
            WasmSections sections = WasmSections.of(padded).orElseThrow();
            assertThat(sections.customBytes())
                    .as("seed %d", seed)
                    .isEqualTo(padded.length - bare.length);
            assertThat(sections.withoutCustom()).as("seed %d", seed).isEqualTo(bare);
        }
    }

    private static byte[] padded(byte[] module, Random random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(module, 0, 8);
        int at = 8;
        while (at < module.length) {
            if (random.nextBoolean()) {
                custom(out, random);
            }
            int end = end(module, at);
            out.write(module, at, end - at);
            at = end;
        }
        custom(out, random);
        return out.toByteArray();
    }

    private static void custom(ByteArrayOutputStream out, Random random) {
        byte[] content = new byte[1 + random.nextInt(random.nextBoolean() ? 100 : 20_000)];
        random.nextBytes(content);
        content[0] = 0; // a name without letters
        out.write(0);
        int size = content.length;
        while (size > 0x7f) {
            out.write((size & 0x7f) | 0x80);
            size >>= 7;
        }
        out.write(size);
        out.writeBytes(content);
    }

    private static int end(byte[] module, int begin) {
        int size = 0;
        int shift = 0;
        int at = begin + 1;
        while (true) {
            size |= (module[at] & 0x7f) << shift;
            shift += 7;
            if (module[at++] >= 0) {
                return at + size;
            }
        }
    }

    @Test
    void whatIsNoWholeModuleIsLeftAlone() {
        byte[] module = Guests.module("hello-c");
        assertThat(WasmSections.of(new byte[0])).isEmpty();
        assertThat(WasmSections.of("(module)".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(WasmSections.of(Arrays.copyOf(module, module.length - 1))).isEmpty();
        assertThat(WasmSections.of(Arrays.copyOf(module, 9))).isEmpty();
        for (byte[] size :
                List.of(new byte[] {-1, -1, -1, -1, -1}, new byte[] {-1, -1, -1, -1, 15})) {
            byte[] broken = Arrays.copyOf(module, 14);
            System.arraycopy(size, 0, broken, 9, size.length);
            assertThat(WasmSections.of(broken)).isEmpty();
        }
    }
}
