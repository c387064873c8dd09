package dev.mayfly.pool;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The host functions of one sandbox, called as a guest would, without a guest. */
final class HostCalls {
    static final SandboxLimits LIMITS = new SandboxLimits(4, 100, 100, List.of());

    final FlatMemory memory = new FlatMemory(new MemoryLimits(2, 4), 4);
    private final Host host = new Host();
    private final WasiImports wasi;
    private Invocation invocation;

    HostCalls(SandboxLimits limits, Invocation invocation) {
        wasi = new WasiImports(host, limits);
        this.invocation = invocation;
        host.attach(memory);
        host.begin(invocation);
    }

    HostCalls(Invocation invocation) {
        this(LIMITS, invocation);
    }

    /** The errno. */
    long call(String name, long... arguments) {
        return wasi.handle(name).apply(null, arguments)[0];
    }

    /** Ends the run and begins the next. */
    void next(Invocation next) {
        wasi.end(invocation);
        invocation = next;
        host.begin(next);
    }

    Observations observations() {
        return host.observations();
    }

    /** Puts {@code text} at {@code at}; returns its length. */
    int put(int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        memory.write(at, bytes, 0, bytes.length);
        return bytes.length;
    }

    String text(int at, int length) {
        return new String(memory.readBytes(at, length), StandardCharsets.UTF_8);
    }

    /** Writes one vector at {@code vector}. */
    void vector(int vector, int at, int length) {
        memory.writeI32(vector, at);
        memory.writeI32(vector + 4, length);
    }

    /** Prints {@code text} to {@code fd}, from address 1000. */
    long print(int fd, String text) {
        vector(8, 1000, put(1000, text));
        return call("fd_write", fd, 8, 1, 0);
    }
}
