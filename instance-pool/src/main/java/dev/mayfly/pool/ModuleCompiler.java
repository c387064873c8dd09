package dev.mayfly.pool;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.internal.ByteClassCollector;
import com.dylibso.chicory.compiler.internal.ClassCollector;
import com.dylibso.chicory.compiler.internal.Compiler;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import dev.mayfly.pool.ModuleOutline.Body;
import dev.mayfly.pool.ModuleReport.Interpreted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.MethodTooLargeException;

/**
 * Compiles a module's functions to JVM classes.
 *
 * <p>A function that a JVM method cannot hold (64 KiB of bytecode) runs in the interpreter. Which
 * ones, only trying tells, and each try that fails ends the compiler's pass. So the first failure
 * begins a search in which only a few large functions are compiled and all others are left out; the
 * whole module is compiled once more when the search has ended. A module with many such functions
 * is so compiled in a time that grows with their number, not with its square.
 */
final class ModuleCompiler {
    /** Bytecode takes at least as much room as the body it comes from, constants left aside. */
    private static final int NEVER_FITS = 64 << 10;

    /** Smaller bodies hardly ever become methods of 64 KiB. */
    private static final int LARGE = 8 << 10;

    /** Large functions tried together: a failure costs compiling at most so many of them again. */
    private static final int TOGETHER = 8;

    /** The frames of a method take its locals times its blocks; this keeps them below 200 MiB. */
    private static final long MOST_FRAME_CELLS = 1L << 27;

    /**
     * Bytes of code per class: what a cold start has to verify for one function that it needs and
     * nobody knew it would, and where a compilation can be stopped (docs/adr/0013).
     */
    private static final long BYTES_PER_CLASS = 4 << 10;

    private static final String TOO_LARGE = "too large for a JVM method";

    private final WasmModule module;
    private final ModuleOutline outline;
    private final int imports;
    private final TreeMap<Integer, String> leftOut = new TreeMap<>();

    private ModuleCompiler(WasmModule module, ModuleOutline outline) {
        this.module = module;
        this.outline = outline;
        this.imports = module.importSection().count(ExternalType.FUNCTION);
    }

    /**
     * Compiles {@code module}; stops when the thread is interrupted.
     *
     * @throws CancellationException when it was
     */
    static CompiledClasses compile(WasmModule module, ModuleOutline outline) {
        return new ModuleCompiler(module, outline).compile();
    }

    private CompiledClasses compile() {
        leaveOutHopeless();
        Attempt attempt = attempt(leftOut.keySet());
        if (attempt instanceof Attempt.TooLarge) {
            search();
            attempt = attempt(leftOut.keySet());
        }
        while (attempt instanceof Attempt.TooLarge(int function)) {
            leftOut.put(function, TOO_LARGE);
            attempt = attempt(leftOut.keySet());
        }
        return switch (attempt) {
            case Attempt.Compiled(var classes) ->
                    new CompiledClasses(classes, interpreted(), layout());
            case Attempt.TooLarge(int function) ->
                    throw new IllegalStateException("function " + function + " was left out");
            case Attempt.Failed(String reason) -> wholly(outline, reason);
        };
    }

    /** The module as it runs when it cannot be compiled at all. */
    static CompiledClasses wholly(ModuleOutline outline, String reason) {
        int bytes = outline.bodies().stream().mapToInt(Body::bytes).sum();
        return new CompiledClasses(
                Map.of(),
                List.of(new Interpreted("every function", bytes, reason)),
                ClassLayout.MACHINE_ONLY);
    }

    private ClassLayout layout() {
        return leftOut.isEmpty()
                ? new ClassLayout(functionsPerClass(), List.of())
                : ClassLayout.MACHINE_ONLY;
    }

    private void leaveOutHopeless() {
        for (int i = 0; i < outline.bodies().size(); i++) {
            Body body = outline.bodies().get(i);
            if (body.simd()) {
                leftOut.put(imports + i, "uses SIMD");
            } else if (body.bytes() > NEVER_FITS
                    || (long) body.bytes() * body.locals() > MOST_FRAME_CELLS) {
                leftOut.put(imports + i, TOO_LARGE);
            }
        }
    }

    /** Tries the large functions by themselves, a few at a time, all others left out. */
    private void search() {
        Set<Integer> all = new HashSet<>();
        List<Integer> large = new ArrayList<>();
        for (int i = 0; i < outline.bodies().size(); i++) {
            all.add(imports + i);
            if (outline.bodies().get(i).bytes() >= LARGE && !leftOut.containsKey(imports + i)) {
                large.add(imports + i);
            }
        }
        for (int from = 0; from < large.size(); from += TOGETHER) {
            List<Integer> few = large.subList(from, Math.min(from + TOGETHER, large.size()));
            Set<Integer> others = new HashSet<>(all);
            few.forEach(others::remove);
            while (attempt(others) instanceof Attempt.TooLarge(int function)) {
                leftOut.put(function, TOO_LARGE);
                others.add(function);
            }
        }
    }

    private Attempt attempt(Set<Integer> without) {
        var compiler =
                Compiler.builder(module)
                        .withClassName(CompiledClasses.MACHINE)
                        .withMaxFunctionsPerClass(functionsPerClass())
                        .withInterpreterFallback(InterpreterFallback.FAIL)
                        .withInterpretedFunctions(without)
                        .withClassCollectorFactory(Collector::new)
                        .build();
        try {
            Map<String, byte[]> classes = new TreeMap<>();
            compiler.compile()
                    .classBytes()
                    .forEach((name, bytes) -> classes.put(name.replace('/', '.'), bytes));
            return new Attempt.Compiled(classes);
        } catch (CancellationException e) {
            throw e;
        } catch (RuntimeException e) {
            return failure(e);
        }
    }

    private int functionsPerClass() {
        long code = outline.bodies().stream().mapToLong(Body::bytes).sum();
        long functions = outline.bodies().size() + (long) imports;
        return Math.clamp(functions * BYTES_PER_CLASS / Math.max(code, 1), 4, 8192);
    }

    private static Attempt failure(RuntimeException failure) {
        @Nullable Throwable cause = failure;
        while (cause != null) {
            if (cause instanceof MethodTooLargeException large
                    && large.getMethodName().startsWith("func_")) {
                String index = large.getMethodName().substring("func_".length());
                return new Attempt.TooLarge(Integer.parseInt(index));
            }
            cause = cause.getCause();
        }
        return new Attempt.Failed("the compiler does not know it: " + failure.getMessage());
    }

    private List<Interpreted> interpreted() {
        List<Interpreted> functions = new ArrayList<>();
        leftOut.forEach((index, reason) ->
                functions.add(
                        new Interpreted(
                                name(index),
                                outline.bodies().get(index - imports).bytes(),
                                reason)));
        return functions;
    }

    private String name(int function) {
        var names = module.nameSection();
        @Nullable String name = names == null ? null : names.nameOfFunction(function);
        return name == null ? "function " + function : Printable.name(name);
    }

    /** What one pass of the compiler came to. */
    private sealed interface Attempt {
        record Compiled(Map<String, byte[]> classes) implements Attempt {}

        record TooLarge(int function) implements Attempt {}

        record Failed(String reason) implements Attempt {}
    }

    /** Keeps the bytes, loads nothing, and stops an interrupted compilation at the next class. */
    private static final class Collector extends ByteClassCollector {
        @Override
        public void put(String name, byte[] bytes) {
            checkInterrupted();
            super.put(name, bytes);
        }

        @Override
        public void putAll(ClassCollector other) {
            checkInterrupted();
            super.putAll(other);
        }

        private static void checkInterrupted() {
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("interrupted while compiling");
            }
        }
    }
}
