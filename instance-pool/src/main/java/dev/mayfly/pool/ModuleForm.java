package dev.mayfly.pool;

/** How a module is run; docs/contract.md, module forms. */
public enum ModuleForm {
    /** {@code _start}: the snapshot is the state after instantiation. */
    COMMAND,
    /** {@code wizer.initialize}: called once before the freeze. */
    WIZER,
    /** {@code _initialize}: called once before the freeze, then the warm-ups. */
    REACTOR
}
