package dev.mayfly.pool;

import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.runtime.WasmRuntimeException;

/**
 * What a memory for one thread answers to the dull part of the runtime's interface: threads are
 * refused when a module is loaded, and the interpreter's ways of reading are made of others.
 */
abstract class UnsharedMemory implements Memory {
    @Override
    public final long readU16(int address) {
        return Short.toUnsignedLong(readShort(address));
    }

    /** The interpreter keeps floats as their bits. */
    @Override
    public final long readF32(int address) {
        return readInt(address);
    }

    @Override
    public final long readF64(int address) {
        return readLong(address);
    }

    @Override
    public final boolean shared() {
        return false;
    }

    @Override
    @SuppressWarnings("removal")
    public final Object lock(int address) {
        throw noThreads();
    }

    @Override
    @SuppressWarnings("removal")
    public final int waitOn(int address, int expected, long timeout) {
        throw noThreads();
    }

    @Override
    @SuppressWarnings("removal")
    public final int waitOn(int address, long expected, long timeout) {
        throw noThreads();
    }

    @Override
    @SuppressWarnings("removal")
    public final int notify(int address, int most) {
        throw noThreads();
    }

    private static WasmRuntimeException noThreads() {
        return new WasmRuntimeException("atomic operations are not supported");
    }
}
