package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.StackFrame;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which functions a run calls, each once, in the order it first did. Those that are only called in
 * the place of their caller ({@code return_call}) are missed. Any thread.
 */
final class Reach {
    private final Set<Integer> functions = new LinkedHashSet<>();

    /** An interpreter that tells of its calls. */
    Machine machine(Instance instance) {
        return new Telling(instance);
    }

    /** What was called since the last time. */
    synchronized List<Integer> take() {
        List<Integer> taken = List.copyOf(functions);
        functions.clear();
        return taken;
    }

    private synchronized void called(int function) {
        functions.add(function);
    }

    private final class Telling extends InterpreterMachine {
        Telling(Instance instance) {
            super(instance);
        }

        @Override
        protected long[] call(
                MStack stack,
                Instance instance,
                Deque<StackFrame> callStack,
                int function,
                long[] arguments,
                FunctionType type,
                boolean popResults) {
            called(function);
            return super.call(stack, instance, callStack, function, arguments, type, popResults);
        }
    }
}
