package dev.mayfly.pool;

import dev.mayfly.pool.ArtifactFile.DamagedException;
import dev.mayfly.pool.ModuleReport.Interpreted;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A module as it is kept: stripped, with its classes, each a part of its own. */
final class ModuleCodec {
    private static final String MODULE = "module";
    private static final String FACTS = "facts";
    private static final int NO_START = -1;

    private ModuleCodec() {}

    /**
     * What is kept of a module beside its classes.
     *
     * @param bare the binary without what no copy needs
     * @param references whether it has garbage-collected objects or exceptions
     * @param start the function each run begins with ({@link CompiledModule#startsInEachRun})
     * @param interpreted the functions that are not compiled
     * @param layout where its functions are
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Facts(
            byte[] bare,
            boolean references,
            OptionalInt start,
            List<Interpreted> interpreted,
            ClassLayout layout) {}

    static Map<String, byte[]> parts(Facts facts, CompiledClasses classes) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(FACTS, encoded(facts));
        parts.put(MODULE, facts.bare());
        parts.putAll(classes.classes());
        return parts;
    }

    private static byte[] encoded(Facts facts) {
        return ImageCodec.encoded(out -> {
            out.writeBoolean(facts.references());
            out.writeInt(facts.start().orElse(NO_START));
            FunctionCodec.interpreted(facts.interpreted(), out);
            write(facts.layout(), out);
        });
    }

    static Facts facts(ArtifactFile file) throws IOException, DamagedException {
        PartReader in = new PartReader(file.part(FACTS));
        boolean references = in.flag();
        int start = in.i32();
        List<Interpreted> interpreted = FunctionCodec.interpreted(in);
        return new Facts(
                file.part(MODULE),
                references,
                start == NO_START ? OptionalInt.empty() : OptionalInt.of(start),
                interpreted,
                layout(in));
    }

    private static void write(ClassLayout layout, DataOutputStream out) throws IOException {
        out.writeInt(layout.perClass());
        out.writeInt(layout.reached().size());
        for (List<Integer> functions : layout.reached()) {
            out.writeInt(functions.size());
            for (int function : functions) {
                out.writeInt(function);
            }
        }
    }

    private static ClassLayout layout(PartReader in) throws IOException, DamagedException {
        int perClass = in.i32();
        return new ClassLayout(
                perClass, in.list(4, each -> Arrays.stream(each.ints()).boxed().toList()));
    }

    /** The names of the parts that are classes. */
    static List<String> classes(ArtifactFile file) {
        return file.names().stream().filter(name -> name.indexOf('.') > 0).toList();
    }

    /** Bytes of all classes. */
    static long classBytes(ArtifactFile file) throws DamagedException {
        long bytes = 0;
        for (String name : classes(file)) {
            bytes += file.length(name);
        }
        return bytes;
    }
}
