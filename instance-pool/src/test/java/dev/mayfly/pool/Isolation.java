package dev.mayfly.pool;

import com.dylibso.chicory.compiler.InterpreterFallback;
import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;

/**
 * Random runs on one pool of sandboxes, each followed by the question whether the sandbox equals
 * its snapshot, or is gone.
 *
 * <p>Some runs are repeated in a fresh copy, and must come to the same end there: what a comparison
 * of states does not see, a difference in behaviour shows. Some plant a secret; later ones look for
 * it.
 *
 * <p>Of a module that is compiled whole the fresh copy has all the compiler made of it, the sandbox
 * what {@link LeanClasses} leaves.
 */
final class Isolation {
    static final int OUTPUT = 100_000;
    static final int LOG = 2_000;
    private static final int REUSED = 3;

    /** What happened, so that a test can tell that it tried what it meant to try. */
    enum Event {
        RESET,
        THROWN_AWAY,
        TRAPPED,
        EXITED,
        INTERRUPTED,
        FLOODED,
        GREW,
        COMPARED,
        COMPARED_WITH_ALL_CLASSES,
        SOUGHT
    }

    /** What runs the modules. */
    enum Guests {
        COMPILED,
        INTERPRETED_IN_PART,
        BOTH;

        private boolean vectors(int module) {
            return this == INTERPRETED_IN_PART || (this == BOTH && module % 2 == 0);
        }
    }

    /** Makes less of the compiler's classes. */
    interface Lean {
        CompiledClasses of(CompiledClasses all, WasmModule module, ClassLayout layout);
    }

    /** What is tried. */
    record Subject(SandboxParts parts, Lean lean, Guests guests) {
        static Subject of(SandboxParts parts, Guests guests) {
            return new Subject(parts, LeanClasses::of, guests);
        }
    }

    private final Random random;
    private final Interrupter interrupter;
    private final List<Function> functions = new ArrayList<>();
    private final Map<Event, Integer> events = new EnumMap<>(Event.class);
    private final List<String> violations = new ArrayList<>();

    /** One module, its snapshot and its sandboxes. */
    private static final class Function {
        final CompiledModule module;
        final Snapshot snapshot;

        /** What fresh copies are made of. */
        final Snapshot reference;

        final byte[] image;
        final boolean repeatable;
        final boolean vectors;
        final List<Inside.Opened> pool = new ArrayList<>();
        long secret;

        Function(
                RandomModule source,
                SandboxParts parts,
                CompiledModule module,
                CompiledModule whole) {
            this.module = module;
            repeatable = source.repeatable;
            vectors = source.vectors;
            snapshot = snapshot(source, parts, module);
            reference = snapshot(source, parts, whole);
            image = snapshot.memory().copy();
        }

        private static Snapshot snapshot(
                RandomModule source, SandboxParts parts, CompiledModule module) {
            var limits = new SandboxLimits(source.mostPages, OUTPUT, LOG, List.of());
            return Sandbox.instantiate(module, limits, new Inside.Catcher(parts)).freeze();
        }

        int export(String name) {
            return module.function(name).orElseThrow();
        }

        Inside.Opened open() {
            return Inside.copyOf(snapshot, image);
        }

        Sandbox fresh() {
            return Inside.copyOf(reference, image).sandbox();
        }
    }

    Isolation(long seed, Subject subject, Interrupter interrupter, int modules) {
        random = new Random(seed);
        this.interrupter = interrupter;
        for (int i = 0; i < modules; i++) {
            functions.add(function(subject, subject.guests().vectors(i)));
        }
    }

    private Function function(Subject subject, boolean vectors) {
        RandomModule source = new RandomModule(random, vectors);
        byte[] bytes = source.bytes();
        if (vectors) {
            CompiledModule module = partly(bytes);
            return new Function(source, subject.parts(), module, module);
        }
        try {
            WasmModule module = ModuleReader.parse(bytes);
            ModuleOutline outline = ModuleReader.outline(bytes);
            CompiledClasses all = ModuleCompiler.compile(module, outline);
            ClassLayout layout = layout(all, module, outline);
            CompiledClasses lean = subject.lean().of(all, module, layout);
            return new Function(
                    source,
                    subject.parts(),
                    compiled(module, lean, layout),
                    compiled(module, all, ClassLayout.MACHINE_ONLY));
        } catch (UnloadableException e) {
            throw new IllegalStateException("a random module is valid", e);
        }
    }

    /** As if some functions had been reached, in some order. */
    private ClassLayout layout(CompiledClasses all, WasmModule module, ModuleOutline outline) {
        int imported = module.importSection().count(ExternalType.FUNCTION);
        List<Integer> reached = new ArrayList<>();
        for (int i = 0; i < imported + outline.bodies().size(); i++) {
            if (random.nextBoolean()) {
                reached.add(random.nextInt(reached.size() + 1), i);
            }
        }
        int perClass = all.layout().perClass();
        return ClassLayout.of(perClass, reached, outline.bodies(), imported);
    }

    private static CompiledModule compiled(
            WasmModule module, CompiledClasses classes, ClassLayout layout) {
        var machines = GuestClasses.verified(classes.source(), layout);
        return new CompiledModule(module, OptionalInt.empty(), machines, "random", false, false, 0);
    }

    private static CompiledModule partly(byte[] bytes) {
        var module = Parser.parse(bytes);
        var machines =
                MachineFactoryCompiler.builder(module)
                        .withInterpreterFallback(InterpreterFallback.FAIL)
                        .withInterpretedFunctions(Set.of(RandomModule.CHANGE_VECTOR))
                        .compile();
        return new CompiledModule(module, OptionalInt.empty(), machines, "random", true, false, 0);
    }

    int happened(Event event) {
        return events.getOrDefault(event, 0);
    }

    List<String> violations() {
        return violations;
    }

    /** Runs until so many are done, or something is wrong. */
    Isolation run(int runs) {
        for (int i = 0; i < runs && violations.isEmpty(); i++) {
            Function function = functions.get(random.nextInt(functions.size()));
            Inside.Opened opened = take(function);
            switch (random.nextInt(200)) {
                case 0 -> plant(function, opened);
                case 1 -> seek(function, opened);
                case 2 -> interrupt(function, opened);
                default -> program(function, opened);
            }
            giveBack(function, opened);
        }
        return this;
    }

    private Inside.Opened take(Function function) {
        List<Inside.Opened> pool = function.pool;
        return pool.size() < REUSED ? function.open() : pool.remove(random.nextInt(pool.size()));
    }

    private void giveBack(Function function, Inside.Opened opened) {
        if (opened.sandbox().reset()) {
            count(Event.RESET);
            opened.inside().difference().ifPresent(violations::add);
            function.pool.add(opened);
        } else {
            count(Event.THROWN_AWAY);
        }
        if (opened.sandbox().grownPages() > 0) {
            count(Event.GREW);
        }
    }

    private void program(Function function, Inside.Opened opened) {
        int program = function.export("p" + random.nextInt(RandomModule.PROGRAMS));
        byte[] input = input(random.nextLong());
        String variable = "A=" + "x".repeat(random.nextInt(40));
        var tape = new Tape(input, variable, "B=2");
        Ending ending = opened.sandbox().call(program, tape);
        count(ending);
        if (function.repeatable && random.nextInt(6) == 0) {
            var again = new Tape(input, variable, "B=2");
            Ending expected = function.fresh().call(program, again);
            if (!function.vectors) {
                count(Event.COMPARED_WITH_ALL_CLASSES);
            }
            compare(ending, tape, expected, again);
        }
    }

    private void compare(Ending ending, Tape tape, Ending expected, Tape again) {
        count(Event.COMPARED);
        if (!ending.equals(expected)) {
            violations.add("ended in %s, but %s in a fresh copy".formatted(ending, expected));
        } else if (!Arrays.equals(tape.output(), again.output())
                || !tape.log().equals(again.log())) {
            violations.add("said something else than in a fresh copy");
        }
    }

    private void interrupt(Function function, Inside.Opened opened) {
        interrupter.aim(random.nextInt(200_000));
        Ending ending = opened.sandbox().call(function.export(RandomModule.FOREVER), Tape.empty());
        interrupter.disarm();
        count(ending);
        if (!(ending instanceof Ending.Interrupted)) {
            violations.add("an endless run ended in " + ending);
        }
    }

    private void plant(Function function, Inside.Opened opened) {
        function.secret = random.nextLong();
        count(
                opened.sandbox()
                        .call(
                                function.export(RandomModule.PLANT),
                                new Tape(input(function.secret))));
    }

    private void seek(Function function, Inside.Opened opened) {
        var tape = new Tape(input(function.secret ^ RandomModule.MASK));
        count(opened.sandbox().call(function.export(RandomModule.SEEK), tape));
        count(Event.SOUGHT);
        if (function.secret != 0 && !Arrays.equals(tape.output(), new byte[4])) {
            violations.add("a guest found another's secret");
        }
    }

    private static byte[] input(long value) {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(value)
                .array();
    }

    private void count(Ending ending) {
        count(
                switch (ending) {
                    case Ending.Exited _ -> Event.EXITED;
                    case Ending.Trapped _ -> Event.TRAPPED;
                    case Ending.Interrupted _ -> Event.INTERRUPTED;
                    case Ending.OutputExceeded _ -> Event.FLOODED;
                    case Ending.Broken(String reason) -> throw new IllegalStateException(reason);
                });
    }

    private void count(Event event) {
        events.merge(event, 1, Integer::sum);
    }
}
