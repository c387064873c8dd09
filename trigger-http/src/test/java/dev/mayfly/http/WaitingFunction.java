package dev.mayfly.http;

import dev.mayfly.pool.Invocation;
import dev.mayfly.pool.Outcome;
import dev.mayfly.pool.Run;

/** A function whose runs wait in its queue for ever, and tell when they are cancelled. */
final class WaitingFunction extends ScriptedFunction {
    private final Run run;

    WaitingFunction(String name, Run run) {
        super(name, _ -> new Outcome.Exited(0));
        this.run = run;
    }

    @Override
    public Run submit(Invocation invocation, String entrypoint) {
        return run;
    }
}
