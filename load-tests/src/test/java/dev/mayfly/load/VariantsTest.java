package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.guests.Guests;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VariantsTest {
    @Test
    void twoHundredVariantsHaveTwoHundredDigests() throws Exception {
        Variants variants = new Variants(Guests.module("hello-c"), "hello");
        Set<String> digests = new HashSet<>();
        for (int i = 0; i < 200; i++) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(variants.variant(i));
            digests.add(HexFormat.of().formatHex(digest));
        }
        assertThat(digests).hasSize(200);
    }

    @Test
    void aVariantDiffersInItsWordOnly() {
        byte[] module = Guests.module("hello-c");
        String variant = new String(new Variants(module, "hello").variant(17), ISO_8859_1);
        assertThat(variant.replace("v0017", "hello").getBytes(ISO_8859_1)).isEqualTo(module);
    }

    @Test
    void segmentsOfCodeAreNoPlaceForAConstant() {
        byte[] module = Guests.module("hello-c");
        assertThat(DataSegments.of(module))
                .isNotEmpty()
                .allSatisfy(payload -> {
                    assertThat(payload.from()).isPositive();
                    assertThat(payload.to())
                            .isGreaterThan(payload.from())
                            .isLessThanOrEqualTo(module.length);
                });
        assertThatThrownBy(() -> new Variants(module, "\0asm\1")).hasMessageContaining("0 times");
    }

    @Test
    void aModuleWithoutDataHasNoSegments() {
        byte[] empty = {0, 'a', 's', 'm', 1, 0, 0, 0};
        assertThat(DataSegments.of(empty)).isEmpty();
    }

    @Test
    void passiveSegmentsAndThoseOfOtherMemoriesAreRead() {
        byte[] module = {
            0,
            'a',
            's',
            'm',
            1,
            0,
            0,
            0,
            11,
            21,
            3,
            1,
            3,
            'a',
            'b',
            'c', // passive
            0,
            0x41,
            (byte) 0x80,
            1,
            0x0b,
            2,
            'd',
            'e', // at 128
            2,
            0,
            0x41,
            0,
            0x0b,
            1,
            'f', // memory 0, named
        };
        assertThat(DataSegments.of(module))
                .containsExactly(
                        new DataSegments.Payload(13, 16),
                        new DataSegments.Payload(22, 24),
                        new DataSegments.Payload(30, 31));
    }

    @Test
    void aMarkerThatIsNotThereExactlyOnceIsRefused() {
        byte[] module = Guests.module("echo-rust");
        assertThatThrownBy(() -> new Variants(module, "abcde")).hasMessageContaining("times");
    }
}
