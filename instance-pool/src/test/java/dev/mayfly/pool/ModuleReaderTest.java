package dev.mayfly.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.DataSegment;
import dev.mayfly.guests.Guests;
import dev.mayfly.pool.ModuleReport.Section;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes that are no module, and modules that lie about themselves. */
class ModuleReaderTest {
    @ParameterizedTest
    @CsvSource({
        "'(module (func))', WebAssembly text",
        "'  ;; hello', WebAssembly text",
        "'(component)', component text",
        "'<!doctype html>', HTML",
        "'version https://git-lfs.github.com/spec/v1', git lfs pull",
        "'#!/bin/sh', script",
        "'\u007fELF', native program",
        "'hello', begins with 68 65 6c 6c",
        "'', empty file",
    })
    @Tag("form.refused")
    void whatIsNoModuleIsCalledByItsName(String bytes, String expected) {
        assertRefused(bytes.getBytes(UTF_8), expected);
    }

    @Test
    @Tag("form.refused")
    void aComponentIsToldFromAModule() {
        assertRefused(new byte[] {0, 'a', 's', 'm', 13, 0, 1, 0}, "component (layer 1)");
    }

    @Test
    void anUnknownVersionIsShown() {
        assertRefused(new byte[] {0, 'a', 's', 'm', 2, 0, 0, 0}, "02 00 00 00");
    }

    @Test
    void aModuleCutOffAnywhereIsRefused() {
        byte[] whole = Guests.module("hello-c");
        for (int length = 0; length < whole.length; length += 97) {
            byte[] cut = Arrays.copyOf(whole, length);
            if (length > 8) {
                assertThatExceptionOfType(UnloadableException.class)
                        .as("cut at %s", length)
                        .isThrownBy(() -> read(cut));
            }
        }
    }

    @Test
    void theOutlineTellsEachSectionWithItsSize() throws Exception {
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.memory(1),
                        WasmBytes.section(0, new WasmBytes().name(".debug_info").raw(1, 2, 3)));
        assertThat(ModuleReader.outline(module).sections())
                .containsExactly(
                        new Section("type", 4),
                        new Section("memory", 3),
                        new Section(".debug_info", 15));
    }

    @Test
    void countsThatNoBytesFollowAreRefusedBeforeAnyoneAllocatesForThem() {
        WasmBytes many = new WasmBytes().u32(0xFFFF_FFF0L);
        assertRefused(WasmBytes.module(WasmBytes.section(1, many)), "declares 4294967280 types");
        assertRefused(
                WasmBytes.module(WasmBytes.section(1, new WasmBytes().u32(1).raw(0x60).add(many))),
                "parameters");
        assertRefused(
                WasmBytes.module(WasmBytes.section(1, new WasmBytes().u32(1).raw(0x4E).add(many))),
                "types of a group");
        assertRefused(
                WasmBytes.module(WasmBytes.section(9, new WasmBytes().u32(1).raw(1, 0).add(many))),
                "elements");
        assertRefused(
                WasmBytes.module(WasmBytes.section(11, new WasmBytes().u32(1).raw(1).add(many))),
                "bytes more must follow");
    }

    @Test
    @Tag("limit:OutlineReader.MOST_LOCALS")
    void moreLocalsThanAFunctionMayHaveAreRefused() {
        WasmBytes body = new WasmBytes().u32(3);
        for (int i = 0; i < 3; i++) {
            body.u32(40_000).raw(0x7F);
        }
        assertRefused(WasmBytes.command(body.raw(0x0B)), "120000 locals");
    }

    @Test
    @Tag("limit:OutlineReader.MOST_FUNCTIONS")
    void moreFunctionsThanAModuleMayHaveAreRefused() {
        WasmBytes[] bodies = new WasmBytes[200_001];
        Arrays.fill(bodies, WasmBytes.body());
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.functions(bodies.length),
                        WasmBytes.code(bodies));
        assertRefused(module, "has 200001 functions");
    }

    @Test
    @Tag("limit:OutlineReader.MOST_PARAMETERS")
    void moreParametersThanAFunctionMayHaveAreRefused() {
        WasmBytes type = new WasmBytes().u32(1).raw(0x60).u32(1_001).repeat(1_001, 0x7F).u32(0);
        assertRefused(WasmBytes.module(WasmBytes.section(1, type)), "1001 parameters");
    }

    @Test
    @Tag("limit:OutlineReader.MOST_STEPS")
    void branchesThatWouldTakeForeverToFollowAreRefused() {
        WasmBytes body = new WasmBytes().u32(0).repeat(30_000, 0x02, 0x40);
        for (int i = 0; i < 10_000; i++) {
            body.raw(0x0C).u32(29_000);
        }
        assertRefused(WasmBytes.command(body.repeat(30_001, 0x0B)), "nests its blocks so deep");
    }

    @Test
    void aFunctionWithMoreEndsThanBlocksIsRefused() {
        assertRefused(WasmBytes.command(WasmBytes.body(0x0B, 0x0B)), "more ends than blocks");
    }

    @Test
    void anInvalidModuleIsRefusedWithTheReasonOfTheParser() {
        byte[] module = WasmBytes.command(WasmBytes.body(0x6A));
        assertThatExceptionOfType(UnloadableException.class)
                .isThrownBy(() -> read(module))
                .withMessageContaining("not valid")
                .withMessageContaining("type mismatch");
    }

    @Test
    void aBrokenNameSectionOnlyCostsTheNames() throws Exception {
        byte[] module =
                WasmBytes.module(
                        WasmBytes.oneType(),
                        WasmBytes.functions(1),
                        WasmBytes.export("_start", 0),
                        WasmBytes.code(WasmBytes.body()),
                        WasmBytes.section(0, new WasmBytes().name("name").raw(1, 200, 1, 7)));
        read(module);
    }

    @Test
    void aModuleParsedWithoutItsBodiesIsOtherwiseTheSame() throws Exception {
        byte[] bytes = Guests.module("routes-c");
        WasmModule whole = ModuleReader.parse(bytes);
        WasmModule quick = ModuleReader.parseWithoutBodies(bytes);
        assertThat(quick.codeSection().functionBodyCount())
                .isEqualTo(whole.codeSection().functionBodyCount());
        assertThat(quick.typeSection()).isEqualTo(whole.typeSection());
        assertThat(quick.functionSection()).isEqualTo(whole.functionSection());
        assertThat(quick.exportSection()).isEqualTo(whole.exportSection());
        assertThat(quick.dataSection().dataSegments())
                .extracting(DataSegment::data)
                .containsExactly(
                        Stream.of(whole.dataSection().dataSegments())
                                .map(DataSegment::data)
                                .toArray(byte[][]::new));
        assertThat(quick.elementSection()).isEqualTo(whole.elementSection());
    }

    private static void read(byte[] bytes) throws UnloadableException {
        ModuleReader.outline(bytes);
        ModuleReader.parse(bytes);
    }

    private static void assertRefused(byte[] bytes, String expected) {
        assertThatExceptionOfType(UnloadableException.class)
                .isThrownBy(() -> ModuleReader.outline(bytes))
                .withMessageContaining(expected);
    }
}
