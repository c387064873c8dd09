package dev.mayfly.pool;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.Opcodes;

/**
 * What the compiler puts beside every module: a class of loads, stores and operators, 39 KB, the
 * same for each. Defined once, it saves a cold function half a millisecond and 100 KB, and what the
 * JIT made of it serves all guests. It has no state.
 */
final class HelperClasses extends ClassLoader {
    /** The class as the compiler names it. */
    static final String NAME = CompiledClasses.MACHINE + "Shaded";

    /**
     * Of the first module of this process; others are the same, unless the compiler was another.
     */
    private static volatile @Nullable HelperClasses common;

    private final byte[] bytes;

    private HelperClasses(byte[] bytes) {
        super("helpers", HelperClasses.class.getClassLoader());
        this.bytes = bytes;
    }

    /** A loader that has the class {@code bytes}; the one there is, if it is the same. */
    static ClassLoader of(byte[] bytes) {
        HelperClasses there = common;
        if (there == null) {
            there = first(bytes);
        }
        return Arrays.equals(there.bytes, bytes) ? there : new HelperClasses(bytes);
    }

    private static synchronized HelperClasses first(byte[] bytes) {
        HelperClasses there = common;
        if (there == null) {
            there = new HelperClasses(bytes);
            common = there;
        }
        return there;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (!name.equals(NAME)) {
            throw new ClassNotFoundException(name);
        }
        byte[] open = accessible(bytes);
        return defineClass(name, open, 0, open.length);
    }

    /** A package ends at its loader: what is used from another must be public. */
    private static byte[] accessible(byte[] bytes) {
        byte[] open = bytes.clone();
        open[new ClassReader(bytes).header + 1] |= Opcodes.ACC_PUBLIC;
        return open;
    }
}
