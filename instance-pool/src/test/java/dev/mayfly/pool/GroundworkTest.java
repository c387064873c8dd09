package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasi.WasiPreview1;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GroundworkTest {
    /** Initialised before any guest is called: by the load, or by what takes and runs a turn. */
    private static final Set<String> REACHED_BEFORE_A_GUEST =
            Set.of(
                    "Allowance",
                    "ArtifactFile",
                    "ArtifactFolder",
                    "ArtifactStore",
                    "BareModule",
                    "Cells",
                    "ClassLayout",
                    "Checkpoints",
                    "Clock",
                    "CodeScan$1",
                    "Crew",
                    "Crews",
                    "Distribution",
                    "FirstCalls",
                    "FrozenKey",
                    "FunctionPool",
                    "Groundwork",
                    "GuestCalls",
                    "GuestClasses",
                    "GuestRun",
                    "GuestRuntime",
                    "GuestThread",
                    "Keeper",
                    "LoadSteps",
                    "LoadThread",
                    "Measure",
                    "ModuleForm",
                    "ModuleParts",
                    "ModuleReader",
                    "Notes",
                    "Notes$1",
                    "Notes$Cpu",
                    "OutlineReader",
                    "Patience",
                    "Plan",
                    "Plan$1",
                    "PoolStats$Spread",
                    "Presence",
                    "Regrouping",
                    "Residence",
                    "Roster",
                    "RunEnd",
                    "Sandboxes",
                    "Setback",
                    "Shares",
                    "SparseCells",
                    "Streak",
                    "Survey",
                    "Tallies",
                    "Tally",
                    "Tier",
                    "Turns");

    /** Memory of a kind that no sandbox has, and the store of a linker that we do not use. */
    private static final Set<String> NEVER_REACHED = Set.of("ByteBufferMemory", "Store$1");

    @Test
    void everyStaticInitialiserThatAGuestCanReachIsRunAtTheStart() throws Exception {
        Set<String> initialised = new TreeSet<>();
        initialised.addAll(withInitialiser(GuestRuntime.class, REACHED_BEFORE_A_GUEST));
        initialised.addAll(withInitialiser(Instance.class, NEVER_REACHED));
        initialised.addAll(withInitialiser(WasiPreview1.class, Set.of()));
        assertThat(new TreeSet<>(Groundwork.CLASSES))
                .as("add what is missing to Groundwork, or here if no guest is the first there")
                .isEqualTo(initialised);
    }

    @Test
    void theGuestThatCallsEveryHostFunctionComesToItsEnd() throws Exception {
        assertThat(Groundwork.rehearse())
                .containsExactly(
                        Ending.Exited.SUCCESS, new Ending.Trapped("out of bounds memory access"));
    }

    /** Classes beside {@code neighbour}, but those, that have a static initialiser. */
    private static List<String> withInitialiser(Class<?> neighbour, Set<String> but)
            throws Exception {
        URI place = neighbour.getProtectionDomain().getCodeSource().getLocation().toURI();
        String folder = neighbour.getPackageName().replace('.', '/');
        if (Files.isDirectory(Path.of(place))) {
            return scan(Path.of(place).resolve(folder), but);
        }
        try (FileSystem jar = FileSystems.newFileSystem(Path.of(place))) {
            return scan(jar.getPath(folder), but);
        }
    }

    private static List<String> scan(Path folder, Set<String> but) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(GroundworkTest::parse)
                    .filter(GroundworkTest::hasInitialiser)
                    .map(type -> type.thisClass().asInternalName().replace('/', '.'))
                    .filter(name -> !but.contains(name.substring(name.lastIndexOf('.') + 1)))
                    .toList();
        }
    }

    private static ClassModel parse(Path file) {
        try {
            return ClassFile.of().parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean hasInitialiser(ClassModel type) {
        return type.methods().stream().anyMatch(it -> it.methodName().equalsString("<clinit>"));
    }
}
