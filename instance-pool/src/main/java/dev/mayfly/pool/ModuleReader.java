package dev.mayfly.pool;

import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.CustomSection;
import com.dylibso.chicory.wasm.types.NameCustomSection;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

/** Reads bytes of any origin as a module, or says what they are instead. */
final class ModuleReader {
    private static final byte[] MAGIC = {0, 'a', 's', 'm'};
    private static final byte[] MODULE = {1, 0, 0, 0};
    private static final int LAYER = 6;
    private static final String BUILD = "build it for wasm32-wasi (WASI preview 1)";

    /** What people send instead: how it begins, what it is, what to do. */
    private static final String[][] LOOK_ALIKES = {
        {"(module", "WebAssembly text", "assemble it first: wat2wasm module.wat"},
        {"(component", "component text", BUILD + " as a core module"},
        {";;", "WebAssembly text", "assemble it first: wat2wasm module.wat"},
        {"version https://git-lfs", "a Git LFS pointer", "fetch the file itself: git lfs pull"},
        {"\u007fELF", "a native program", BUILD},
        {"MZ", "a native program", BUILD},
        {"\u001f\u008b", "gzip data", "unpack it first"},
        {"PK\u0003\u0004", "a zip archive", "unpack it first"},
        {"#!", "a script", BUILD},
        {"<", "a page of HTML or XML", "check the address it was downloaded from"},
    };

    private ModuleReader() {}

    static String digest(byte[] bytes) {
        return HexFormat.of().formatHex(sha256(bytes));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The outline of a binary, before any of it is believed. */
    static ModuleOutline outline(byte[] bytes) throws UnloadableException {
        checkHead(bytes);
        try {
            return OutlineReader.read(bytes);
        } catch (UnloadableException e) {
            throw new UnloadableException("the module " + e.sentence());
        }
    }

    private static void checkHead(byte[] bytes) throws UnloadableException {
        if (bytes.length == 0) {
            throw new UnloadableException("the module is an empty file: " + BUILD);
        }
        if (!Arrays.equals(MAGIC, Arrays.copyOf(bytes, 4))) {
            throw new UnloadableException(lookAlike(bytes));
        }
        byte[] version = Arrays.copyOfRange(bytes, 4, 8);
        if (bytes.length > LAYER && bytes[LAYER] == 1) {
            throw new UnloadableException(
                    "the module is a component (layer 1): build a core module for WASI preview 1,"
                            + " wasm32-wasip1 in Rust, --target=wasm32-wasi in C");
        }
        if (!Arrays.equals(MODULE, version)) {
            throw new UnloadableException(
                    "the module has version bytes "
                            + HexFormat.ofDelimiter(" ").formatHex(version)
                            + " (expected: 01 00 00 00)");
        }
    }

    private static String lookAlike(byte[] bytes) {
        String head =
                new String(bytes, 0, Math.min(bytes.length, 256), StandardCharsets.ISO_8859_1);
        for (String[] known : LOOK_ALIKES) {
            if (head.stripLeading().startsWith(known[0])) {
                return "the module is " + known[1] + ", not a WebAssembly binary: " + known[2];
            }
        }
        return "the module is no WebAssembly binary: it begins with "
                + HexFormat.ofDelimiter(" ").formatHex(Arrays.copyOf(bytes, 4))
                + " (expected: 00 61 73 6d); "
                + BUILD;
    }

    /** Parses and validates a binary whose outline was read. */
    static WasmModule parse(byte[] bytes) throws UnloadableException {
        return parse(Parser.builder(), bytes);
    }

    /**
     * Parses a binary that was valid when its classes were made, all but its function bodies: that
     * is most of the work, and the classes stand for them.
     */
    static WasmModule parseWithoutBodies(byte[] bytes) throws UnloadableException {
        return parseBare(BareModule.withoutCode(bytes));
    }

    /** Parses what {@link BareModule} made of a valid binary. */
    static WasmModule parseBare(byte[] bare) throws UnloadableException {
        try {
            BareSections sections = new BareSections();
            Parser.builder()
                    .withCustomParsers(Map.of())
                    .build()
                    .parse(new ByteArrayInputStream(bare), sections::add);
            return sections.module();
        } catch (RuntimeException | AssertionError e) {
            throw new UnloadableException("the module is not valid: " + e.getMessage());
        }
    }

    private static WasmModule parse(Parser.Builder parser, byte[] bytes)
            throws UnloadableException {
        Supplier<InputStream> in = () -> new ByteArrayInputStream(bytes);
        try {
            return parser.withCustomParsers(Map.of("name", ModuleReader::names)).build().parse(in);
        } catch (ChicoryException e) {
            throw new UnloadableException(
                    "the module is not valid: " + e.getMessage() + "; build it again");
        } catch (RuntimeException | AssertionError e) {
            // Broken input meets the parser as whatever comes first: an index, a cast, a buffer,
            // and with assertions on, an assertion.
            throw new UnloadableException(
                    "the module is not valid: its parts contradict each other; build it again");
        }
    }

    /** A broken name section is no reason to refuse a module: it then has no names. */
    private static CustomSection names(byte[] section) {
        try {
            return NameCustomSection.parse(section);
        } catch (RuntimeException e) {
            return NameCustomSection.parse(new byte[0]);
        }
    }
}
