package dev.mayfly.pool;

import com.dylibso.chicory.wasm.Version;
import dev.mayfly.manifest.FunctionSpec;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Names what a cold function is thawed from.
 *
 * <p>{@code state} is a digest of the frozen state itself, so a function comes back as exactly what
 * was frozen for it, and of what its guest code could see before the freeze: functions share an
 * image only if both are the same. A plain command runs no guest code before the freeze; it has
 * seen nothing, and all functions of its module share one image.
 *
 * @param module sha-256 of the binary, hex
 * @param state sha-256 of the state and of what went into it, hex
 */
record FrozenKey(String module, String state) {
    /** Counts the ways we had to compile, strip and freeze; raise it when one changes. */
    private static final int EMITTER = 7;

    /** Whose classes and images these are: others cannot be used. */
    static final String RUNTIME =
            EMITTER + "-chicory" + Version.version() + "-jdk" + Runtime.version().feature();

    /** The key of what is not kept. */
    static FrozenKey none(String module) {
        return new FrozenKey(module, "");
    }

    /**
     * The key of what {@code request} was frozen to.
     *
     * @param guestCode whether guest code ran before the freeze
     * @param parts the state as it is kept
     */
    static FrozenKey of(
            String digest, LoadRequest request, boolean guestCode, Map<String, byte[]> parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(digest);
            out.writeUTF(RUNTIME);
            if (guestCode) {
                seen(request, out);
            }
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                out.writeUTF(part.getKey());
                out.write(ModuleReader.sha256(part.getValue()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes every byte", e);
        }
        byte[] state = ModuleReader.sha256(bytes.toByteArray());
        return new FrozenKey(digest, HexFormat.of().formatHex(state));
    }

    /** All that guest code could see before the freeze, each list with its length. */
    private static void seen(LoadRequest request, DataOutputStream out) throws IOException {
        FunctionSpec spec = request.spec();
        texts(spec.environment().keySet(), out);
        texts(spec.environment().values(), out);
        texts(spec.mounts().stream().map(FunctionSpec.Mount::destination).toList(), out);
        texts(
                spec.mounts().stream()
                        .map(mount -> request.folder().resolve(mount.source()).toString())
                        .toList(),
                out);
        texts(warmups(spec), out);
        out.writeInt(spec.limits().memoryPages());
        out.writeBoolean(spec.snapshot().allowEntropy());
    }

    private static List<String> warmups(FunctionSpec spec) {
        return spec.snapshot().warmup().stream()
                .map(made -> made.method() + ' ' + made.target() + ' ' + made.body())
                .toList();
    }

    private static void texts(Iterable<String> texts, DataOutputStream out) throws IOException {
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
        out.writeInt(-1);
    }

    /** The file that holds the module's classes and the module without its code. */
    String moduleFile() {
        return moduleFile(module);
    }

    static String moduleFile(String digest) {
        return digest + "-" + RUNTIME + ".module";
    }

    /** The file that holds the frozen state. */
    String stateFile() {
        return state + ".image";
    }
}
