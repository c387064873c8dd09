package dev.mayfly.pool;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import java.util.BitSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LookupSwitchInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Takes out of the compiler's classes what no guest here can reach: a cold start reads and verifies
 * what is left.
 *
 * <pre>
 *   MachineCall          gone, and call_N of every function: who calls from outside takes no
 *                        arguments, and calls func_N ({@link EntryMachine})
 *   Machine              no machine any more, only the indirect calls
 *     call_indirect_T    chooses among all functions of type T: those stay that a table can hold
 * </pre>
 *
 * A table holds what the module's segments, exports, initial values or {@code ref.func} name; no
 * other instance shares it.
 */
final class LeanClasses {
    private static final String OUTSIDE = CompiledClasses.MACHINE + "MachineCall";
    private static final String DISPATCH = CompiledClasses.MACHINE + "Dispatch_";
    static final String INDIRECT = "call_indirect_";

    private final BitSet named = new BitSet();

    private final Regrouping regrouping;

    private LeanClasses(WasmModule module, Regrouping regrouping) {
        this.regrouping = regrouping;
        for (Element segment : module.elementSection().elements()) {
            segment.initializers().forEach(this::name);
        }
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            Export export = module.exportSection().getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                named.set(export.index());
            }
        }
        for (int i = 0; i < module.globalSection().globalCount(); i++) {
            name(module.globalSection().getGlobal(i).initInstructions());
        }
        for (int i = 0; i < module.tableSection().tableCount(); i++) {
            name(module.tableSection().getTable(i).initialize());
        }
        for (FunctionBody body : module.codeSection().functionBodies()) {
            name(body.instructions());
        }
    }

    private void name(List<? extends Instruction> instructions) {
        for (Instruction each : instructions) {
            if (each.opcode() == OpCode.REF_FUNC) {
                named.set((int) each.operand(0));
            }
        }
    }

    /** What runs the same as {@code all}, which was made of {@code module}, laid out anew. */
    static CompiledClasses of(CompiledClasses all, WasmModule module, ClassLayout layout) {
        if (layout.perClass() == 0) {
            return all; // the interpreter goes through the machine
        }
        LeanClasses lean = new LeanClasses(module, new Regrouping(layout));
        Map<String, byte[]> classes = new LinkedHashMap<>();
        // First, since it is what tells which indirect calls are moved.
        lean.add(CompiledClasses.MACHINE, all, classes);
        for (String name : all.classes().keySet()) {
            if (name.equals(HelperClasses.NAME)) {
                classes.put(name, Objects.requireNonNull(all.classes().get(name)));
            } else if (!name.equals(OUTSIDE)
                    && !name.startsWith(DISPATCH)
                    && !name.equals(CompiledClasses.MACHINE)) {
                lean.add(name, all, classes);
            }
        }
        Map<String, byte[]> reachedFirst = lean.regrouping.reached();
        reachedFirst.putAll(classes);
        return new CompiledClasses(reachedFirst, all.interpreted(), layout);
    }

    private void add(String name, CompiledClasses all, Map<String, byte[]> classes) {
        ClassNode read = read(Objects.requireNonNull(all.classes().get(name)));
        for (MethodNode method : read.methods) {
            if (method.name.startsWith(INDIRECT)) {
                prune(method);
            }
        }
        regrouping.take(read);
        if (!read.methods.isEmpty()) {
            classes.put(name, Regrouping.written(read));
        }
    }

    /** One of the compiler's classes without what only a caller from outside needs. */
    static ClassNode read(byte[] bytes) {
        ClassNode read = new ClassNode();
        new ClassReader(bytes).accept(read, ClassReader.EXPAND_FRAMES);
        read.interfaces.clear();
        read.fields.clear();
        read.methods.removeIf(LeanClasses::outside);
        return read;
    }

    /** The machine's own methods and the bridges to each function. */
    private static boolean outside(MethodNode method) {
        return method.name.equals("<init>")
                || method.name.equals("call")
                || (method.name.startsWith("call_") && !method.name.startsWith(INDIRECT));
    }

    /** Takes the cases out of a switch that no table leads to, each with its code. */
    private void prune(MethodNode method) {
        for (AbstractInsnNode each : method.instructions) {
            if (each instanceof LookupSwitchInsnNode choice) {
                Iterator<LabelNode> labels = choice.labels.iterator();
                Iterator<Integer> keys = choice.keys.iterator();
                while (keys.hasNext()) {
                    LabelNode label = labels.next();
                    if (!named.get(keys.next())) {
                        keys.remove();
                        labels.remove();
                        remove(label, method);
                    }
                }
            }
        }
    }

    private static void remove(LabelNode from, MethodNode method) {
        @Nullable AbstractInsnNode next = from.getNext();
        while (next != null && !(next instanceof LabelNode)) {
            @Nullable AbstractInsnNode after = next.getNext();
            method.instructions.remove(next);
            next = after;
        }
    }
}
