import java.io.File;
import java.util.ArrayList;
import java.util.List;
import org.teavm.diagnostics.DefaultProblemTextConsumer;
import org.teavm.diagnostics.Problem;
import org.teavm.tooling.TeaVMTargetType;
import org.teavm.tooling.TeaVMTool;
import org.teavm.vm.TeaVMOptimizationLevel;

/** Compiles the classes of a class path to one Wasm module, with TeaVM. Maven calls it (pom.xml). */
final class ToWasm {
    private ToWasm() {}

    /** Arguments: the main class, the file to write. */
    public static void main(String[] arguments) throws Exception {
        List<File> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            classPath.add(new File(entry));
        }
        File module = new File(arguments[1]).getAbsoluteFile();
        TeaVMTool teavm = new TeaVMTool();
        teavm.setClassPath(classPath);
        teavm.setClassLoader(ToWasm.class.getClassLoader());
        teavm.setMainClass(arguments[0]);
        teavm.setTargetType(TeaVMTargetType.WEBASSEMBLY_WASI);
        teavm.setTargetDirectory(module.getParentFile());
        teavm.setTargetFileName(module.getName());
        teavm.setOptimizationLevel(TeaVMOptimizationLevel.ADVANCED);
        teavm.setObfuscated(true); // no names in the module
        teavm.setMinHeapSize(1 << 20); // the snapshot holds it
        teavm.setMaxHeapSize(32 << 20); // app.toml's limits.memory must have room for it
        teavm.generate();
        for (Problem problem : teavm.getProblemProvider().getProblems()) {
            DefaultProblemTextConsumer text = new DefaultProblemTextConsumer();
            problem.render(text);
            System.err.println(text.getText() + " (" + problem.getLocation() + ")");
        }
        if (!teavm.getProblemProvider().getSevereProblems().isEmpty()) {
            System.exit(1);
        }
    }
}
