package dev.mayfly.load;

import dev.mayfly.pool.Evidence;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.Rehearsal;
import dev.mayfly.pool.StringBlock;
import java.util.Optional;

/** What a load may try a module with that knows nothing of requests: nothing at all. */
final class NoRequest implements Rehearsal {
    @Override
    public String description() {
        return "nothing";
    }

    @Override
    public Optional<String> complaint() {
        return Optional.empty();
    }

    @Override
    public String requestId() {
        return "load";
    }

    @Override
    public void environment(StringBlock block) {}

    @Override
    public void arguments(StringBlock block) {}

    @Override
    public int read(byte[] into, int offset, int length) {
        return -1;
    }

    @Override
    public void write(byte[] from, int offset, int length) {}

    @Override
    public void logLine(String line) {}

    @Override
    public void tick(long nanoTime) {}

    @Override
    public void finished(Outcome outcome, Evidence evidence) {}
}
