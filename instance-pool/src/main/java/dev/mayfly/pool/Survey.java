package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasm.ChicoryException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out which functions a request reaches: sends one to the module before its classes are laid
 * out, and throws everything away but that.
 *
 * <p>It is no request of an app's, has no variables and sees no files of one, so that what is
 * shared by all functions of a digest tells nothing of any of them. A guest that does not come to
 * an end, or ends badly, has reached what it has; whether it can be loaded is for others to find.
 *
 * @param request what is loaded
 * @param plan how it is run
 */
record Survey(LoadRequest request, Plan plan) {
    private static final Logger LOG = LoggerFactory.getLogger(Survey.class);

    /** The JVM's interpreter comes to some ten million instructions by then. */
    private static final Duration ENOUGH = Duration.ofMillis(500);

    /** The functions that are reached, in the order they are; empty where that cannot be known. */
    List<Integer> of(ReadModule read, CompiledClasses all) throws InterruptedException {
        try {
            return new Run(read, all).reached();
        } catch (ChicoryException | LinkageError e) {
            LOG.debug("{}: not surveyed", request.id(), e);
            return List.of();
        }
    }

    /** What one survey needs. */
    private final class Run {
        private final FirstCalls asked;
        private final GuestCalls calls;
        private final CompiledModule module;
        private final ModuleExports exports;
        private final Sandbox sandbox;

        Run(ReadModule read, CompiledClasses all) {
            asked = new FirstCalls(all);
            var limits = request.spec().limits();
            calls = new GuestCalls(request.id(), ENOUGH, limits.stackBytes());
            exports = read.exports();
            module =
                    new CompiledModule(
                            ModuleParts.withoutStart(read.module()),
                            ModuleParts.startFunction(read.module()),
                            machines(new FirstCalls(all)),
                            read.digest(),
                            false,
                            read.outline().references(),
                            0);
            sandbox =
                    Sandbox.instantiate(
                            module,
                            new SandboxLimits(
                                    limits.memoryPages(),
                                    limits.responseBodyBytes(),
                                    limits.logBytes(),
                                    List.of()));
        }

        List<Integer> reached() throws InterruptedException {
            if (!initialised()) {
                return List.of();
            }
            call(exports.index(plan.entrypoint()), new Asked(request.sample().get()));
            return asked.functions();
        }

        /**
         * The request has classes of its own: what it has in common with the initialisers counts.
         */
        private Function<Instance, Machine> machines(FirstCalls initial) {
            var before = GuestClasses.lazy(initial, FirstCalls.LAYOUT, _ -> {});
            var then = GuestClasses.lazy(asked, FirstCalls.LAYOUT, _ -> {});
            int entrypoint = exports.index(plan.entrypoint());
            return instance -> {
                Machine initialises = before.apply(instance);
                Machine answers = then.apply(instance);
                return (function, arguments) ->
                        (function == entrypoint ? answers : initialises).call(function, arguments);
            };
        }

        private boolean initialised() throws InterruptedException {
            OptionalInt start = module.startFunction();
            boolean ready = start.isEmpty() || module.startsInEachRun() || call(start.getAsInt());
            for (String initialiser : plan.initialisers()) {
                ready = ready && call(exports.index(initialiser));
            }
            return ready;
        }

        private boolean call(int function) throws InterruptedException {
            LoadCall call = new LoadCall(Map.of(), _ -> {}, _ -> {});
            return call(function, call).equals(new Outcome.Exited(0));
        }

        private Outcome call(int function, Invocation invocation) throws InterruptedException {
            return calls.call(sandbox, function, invocation);
        }
    }

    /** Asks what a request asks. */
    private record Asked(Invocation asks) implements Unheard {
        @Override
        public String requestId() {
            return asks.requestId();
        }

        @Override
        public void environment(StringBlock block) {
            asks.environment(block);
        }

        @Override
        public void arguments(StringBlock block) {
            asks.arguments(block);
        }

        @Override
        public int read(byte[] into, int offset, int length)
                throws IOException, InterruptedException {
            return asks.read(into, offset, length);
        }
    }
}
