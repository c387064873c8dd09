package dev.mayfly.http;

import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;
import dev.mayfly.pool.Invocation;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.PoolStats;
import dev.mayfly.pool.Run;
import dev.mayfly.pool.SubRoute;
import dev.mayfly.pool.Tier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A function whose guest is Java code; runs within {@code submit}, as a full lane would. */
class ScriptedFunction implements GuestFunction {
    private final FunctionId id;
    private final Program program;
    private final List<SubRoute> subRoutes = new ArrayList<>();
    private final AtomicInteger retained = new AtomicInteger();
    private volatile boolean closed;
    private Outcome.@Nullable Refused refusal;

    ScriptedFunction(String name, Program program) {
        id = new FunctionId("app", 0, name);
        this.program = program;
    }

    /** What a guest does in one run. */
    @FunctionalInterface
    interface Program {
        Outcome run(Guest guest) throws IOException, InterruptedException;
    }

    /** {@return a program that writes {@code output} and exits with 0} */
    static Program writing(String output) {
        return guest -> {
            guest.write(output);
            return new Outcome.Exited(0);
        };
    }

    /** What a guest sees of its run. */
    record Guest(Invocation invocation, String entrypoint) {
        Map<String, String> environment() {
            ArrayBlock block = new ArrayBlock();
            invocation.environment(block);
            return block.variables();
        }

        List<String> arguments() {
            ArrayBlock block = new ArrayBlock();
            invocation.arguments(block);
            return block.strings();
        }

        void write(String output) throws IOException, InterruptedException {
            byte[] bytes = output.getBytes(StandardCharsets.ISO_8859_1);
            invocation.write(bytes, 0, bytes.length);
        }

        String readAll() throws IOException, InterruptedException {
            StringBuilder all = new StringBuilder();
            byte[] piece = new byte[7];
            for (int read = invocation.read(piece, 0, 7);
                    read >= 0;
                    read = invocation.read(piece, 0, 7)) {
                all.append(new String(piece, 0, read, StandardCharsets.ISO_8859_1));
            }
            return all.toString();
        }
    }

    ScriptedFunction withSubRoute(String path, String entrypoint) {
        subRoutes.add(new SubRoute(path, entrypoint));
        return this;
    }

    int retained() {
        return retained.get();
    }

    @Override
    public FunctionId id() {
        return id;
    }

    @Override
    public List<SubRoute> subRoutes() {
        return List.copyOf(subRoutes);
    }

    @Override
    public boolean retain() {
        if (closed) {
            return false;
        }
        retained.incrementAndGet();
        return true;
    }

    @Override
    public void release() {
        if (retained.decrementAndGet() < 0) {
            throw new AssertionError("released more often than retained");
        }
    }

    /** Refuses every request that has a body. */
    ScriptedFunction turningAway(Outcome.Refused given) {
        refusal = given;
        return this;
    }

    @Override
    public Outcome.@Nullable Refused turnedAway() {
        return refusal;
    }

    @Override
    public Run submit(Invocation invocation) {
        return submit(invocation, "_start");
    }

    @Override
    public Run submit(Invocation invocation, String entrypoint) {
        invocation.finished(outcome(new Guest(invocation, entrypoint)), Evidence.NONE);
        return () -> {};
    }

    private Outcome outcome(Guest guest) {
        try {
            return program.run(guest);
        } catch (IOException e) {
            return new Outcome.Broken(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            return new Outcome.Cancelled();
        }
    }

    @Override
    public PoolStats stats() {
        return PoolStats.unused(Tier.HOT);
    }

    @Override
    public void close() {
        closed = true;
    }
}
