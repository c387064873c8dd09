package dev.mayfly.pool;

/** Where log lines go that belong to no request: the module's output during load. */
@FunctionalInterface
public interface LogSink {
    /**
     * Takes one line, escaped, without its line end. Any thread.
     *
     * @param function the function
     * @param line the line
     */
    void line(FunctionId function, String line);
}
