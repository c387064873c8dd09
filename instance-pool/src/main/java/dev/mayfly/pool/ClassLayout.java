package dev.mayfly.pool;

import dev.mayfly.pool.ModuleOutline.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Which class each function of a module is in. A cold start defines and verifies whole classes: so
 * the functions that a request is known to reach are together, and the others out of its way.
 *
 * <pre>
 *   MachineReached_K     what a request reaches, in the order it does
 *   MachineFuncGroup_K   of functions K × perClass to (K + 1) × perClass − 1 the others
 * </pre>
 *
 * @param perClass functions in each class of the compiler's; 0 if they can be called through the
 *     machine only
 * @param reached the functions of each class of those a request reaches
 */
record ClassLayout(int perClass, List<List<Integer>> reached) {
    /** Where no function is found but through the machine. */
    static final ClassLayout MACHINE_ONLY = new ClassLayout(0, List.of());

    private static final String GROUP = CompiledClasses.MACHINE + "FuncGroup_";
    private static final String REACHED = CompiledClasses.MACHINE + "Reached_";

    /**
     * Bytes of WebAssembly in a class of what is reached: while one is linked beside the wake-up,
     * the guest runs in those before it (docs/adr/0080).
     */
    private static final int BYTES_PER_CLASS = 16 << 10;

    ClassLayout {
        reached = reached.stream().map(List::copyOf).toList();
    }

    /**
     * The layout of a module.
     *
     * @param functions those a request reaches, in the order it does
     * @param bodies of all functions but the first, which are imported
     */
    static ClassLayout of(int perClass, List<Integer> functions, List<Body> bodies, int imported) {
        List<List<Integer>> reached = new ArrayList<>();
        int room = 0;
        for (int function : functions) {
            if (function >= imported) {
                int bytes = bodies.get(function - imported).bytes();
                if (bytes > room) {
                    reached.add(new ArrayList<>());
                    room = BYTES_PER_CLASS;
                }
                reached.getLast().add(function);
                room -= bytes;
            }
        }
        return new ClassLayout(perClass, reached);
    }

    /** The class that has {@code function}. */
    String classOf(int function) {
        for (int i = 0; i < reached.size(); i++) {
            if (reached.get(i).contains(function)) {
                return reachedClass(i);
            }
        }
        return GROUP + function / perClass;
    }

    /** The classes that a request needs, in the order it does; none if that is not known. */
    List<String> reachedClasses() {
        return IntStream.range(0, reached.size()).mapToObj(ClassLayout::reachedClass).toList();
    }

    /** Which of the compiler's classes of functions {@code name} is; -1 for none of them. */
    static int groupOf(String name) {
        return name.startsWith(GROUP) ? Integer.parseInt(name.substring(GROUP.length())) : -1;
    }

    static String reachedClass(int index) {
        return REACHED + index;
    }
}
