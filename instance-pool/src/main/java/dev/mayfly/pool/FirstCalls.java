package dev.mayfly.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * The compiler's classes, cut up so that each function has one of its own. The JVM asks for a class
 * when its function is first called: in which order it does is what a run reaches. Nothing of the
 * code is changed, so a run ends where any would, at its deadline too. Any thread.
 *
 * <pre>
 *   the compiler's    MachineFuncGroup_3: func_12, func_13, func_14, func_15
 *   here              MachineFuncGroup_12: func_12   MachineFuncGroup_13: func_13   …
 * </pre>
 */
final class FirstCalls implements ClassSource {
    /** Where {@link GuestClasses} finds each function here. */
    static final ClassLayout LAYOUT = new ClassLayout(1, List.of());

    private final CompiledClasses all;

    /** The compiler's classes that were looked into; guarded by this. */
    private final Map<String, ClassNode> read = new HashMap<>();

    private final List<Integer> called = new ArrayList<>();

    FirstCalls(CompiledClasses all) {
        this.all = all;
    }

    /** The functions that were called, in the order they first were. */
    synchronized List<Integer> functions() {
        return List.copyOf(called);
    }

    @Override
    public Set<String> names() {
        return all.classes().keySet();
    }

    @Override
    public synchronized byte[] bytes(String name) throws ClassNotFoundException {
        if (name.equals(HelperClasses.NAME)) {
            return given(name);
        }
        int function = ClassLayout.groupOf(name);
        if (function < 0) {
            return redirected(LeanClasses.read(given(name)));
        }
        String group = all.layout().classOf(function);
        ClassNode from = read.get(group);
        if (from == null) {
            from = LeanClasses.read(given(group));
            read.put(group, from);
        }
        return redirected(cut(from, name, Regrouping.FUNCTION + function));
    }

    private byte[] given(String name) throws ClassNotFoundException {
        byte @Nullable [] bytes = all.classes().get(name);
        if (bytes == null) {
            throw new ClassNotFoundException(name);
        }
        return bytes;
    }

    /** The class {@code name} with that method of {@code from} only. */
    private static ClassNode cut(ClassNode from, String name, String function) {
        ClassNode cut = new ClassNode();
        cut.version = from.version;
        cut.access = from.access;
        cut.superName = from.superName;
        cut.name = name.replace('.', '/');
        from.methods.stream()
                .filter(method -> method.name.equals(function))
                .forEach(cut.methods::add);
        return cut;
    }

    private static byte[] redirected(ClassNode node) {
        node.methods.forEach(FirstCalls::redirect);
        return Regrouping.written(node);
    }

    private static void redirect(MethodNode method) {
        for (AbstractInsnNode each : method.instructions) {
            if (each instanceof MethodInsnNode call && call.name.startsWith(Regrouping.FUNCTION)) {
                int function = Integer.parseInt(call.name.substring(Regrouping.FUNCTION.length()));
                call.owner = LAYOUT.classOf(function).replace('.', '/');
            }
        }
    }

    @Override
    public synchronized void forget(String name) {
        int function = ClassLayout.groupOf(name);
        if (function >= 0) {
            called.add(function);
        }
    }
}
