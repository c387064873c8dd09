package dev.mayfly.pool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Moves what a request reaches out of the compiler's classes into some of its own.
 *
 * <p>All methods are static and no two have the same name: so what is moved runs as before, once
 * every call of it names its new class.
 *
 * <pre>
 *   func_N            moves when {@link ClassLayout} has N reached
 *   call_indirect_T   moves with the first of them, if it leads to any
 * </pre>
 */
final class Regrouping {
    static final String FUNCTION = "func_";
    private static final String GUEST = CompiledClasses.MACHINE.replace('.', '/');

    private final List<ClassNode> groups = new ArrayList<>();

    /** Where a method is moved, by its name. */
    private final Map<String, ClassNode> moved = new HashMap<>();

    Regrouping(ClassLayout layout) {
        for (int i = 0; i < layout.reached().size(); i++) {
            ClassNode group = new ClassNode();
            group.name = ClassLayout.reachedClass(i).replace('.', '/');
            groups.add(group);
            layout.reached().get(i).forEach(function -> moved.put(FUNCTION + function, group));
        }
    }

    /**
     * Takes out of {@code from} what is moved; sends its calls there. The machine's class first.
     */
    void take(ClassNode from) {
        Iterator<MethodNode> methods = from.methods.iterator();
        while (methods.hasNext()) {
            MethodNode method = methods.next();
            boolean reaches = redirected(method);
            if (reaches && method.name.startsWith(LeanClasses.INDIRECT)) {
                moved.put(method.name, groups.getFirst());
            }
            @Nullable ClassNode group = moved.get(method.name);
            if (group != null) {
                methods.remove();
                add(method, from, group);
            }
        }
    }

    /** {@return whether {@code method} calls anything that is moved} */
    private boolean redirected(MethodNode method) {
        boolean any = false;
        for (AbstractInsnNode each : method.instructions) {
            if (each instanceof MethodInsnNode call && call.owner.startsWith(GUEST)) {
                @Nullable ClassNode group = moved.get(call.name);
                if (group != null) {
                    call.owner = group.name;
                    any = true;
                }
            }
        }
        return any;
    }

    private static void add(MethodNode method, ClassNode from, ClassNode group) {
        group.version = from.version;
        group.access = from.access;
        group.superName = from.superName;
        group.methods.add(method);
    }

    /** The classes of what was moved, in the order a request reaches them. */
    Map<String, byte[]> reached() {
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (ClassNode group : groups) {
            classes.put(group.name.replace('/', '.'), written(group));
        }
        return classes;
    }

    /** A writer of its own, so that no constant stays that nobody needs. */
    static byte[] written(ClassNode node) {
        ClassWriter writer = new ClassWriter(0);
        node.accept(writer);
        return writer.toByteArray();
    }
}
