package dev.mayfly.pool;

import java.util.function.Supplier;

/**
 * Looks for an environment that was frozen with the module. A libc asks for it once and keeps the
 * copy; if that happened before the freeze, every request would see the environment of the load.
 * Two made-up requests tell: who asked before the freeze must ask again after it.
 *
 * @param snapshot what was frozen
 * @param entrypoint index of the function a request calls
 * @param steps makes the sandboxes
 * @param calls calls it
 * @param requests makes the requests
 */
record FrozenProbe(
        Snapshot snapshot,
        int entrypoint,
        LoadSteps steps,
        GuestCalls calls,
        Supplier<Rehearsal> requests) {
    /** Runs the probe if there is anything to find. */
    void check(Observations before, Findings findings)
            throws UnloadableException, InterruptedException {
        if (before.environment() + before.arguments() == 0) {
            return;
        }
        request();
        Probed second = request();
        if (!(second.outcome() instanceof Outcome.Exited)) {
            findings.warning(
                    "the module read its environment before the freeze, and whether it reads it"
                            + " again cannot be told: "
                            + second.description()
                            + " "
                            + GuestCalls.told(second.outcome()));
            return;
        }
        if (before.environment() > 0 && second.seen().environment() == 0) {
            findings.problem(
                    "the module read its environment before the freeze and does not read it again:"
                            + " every request would see the environment of the load; call"
                            + " __wasilibc_deinitialize_environ() at the end of the initialiser"
                            + " (wasi-libc), or do not read the environment there");
        }
        if (before.arguments() > 0 && second.seen().arguments() == 0) {
            findings.problem(
                    "the module read its arguments before the freeze and does not read them again:"
                            + " every request would see those of the load; read them in the"
                            + " request");
        }
    }

    private Probed request() throws UnloadableException, InterruptedException {
        Rehearsal request = requests.get();
        Sandbox sandbox = steps.run(() -> Sandbox.copyOf(snapshot));
        Outcome outcome = calls.call(sandbox, entrypoint, request);
        request.finished(outcome, Evidence.NONE);
        return new Probed(request.description(), outcome, sandbox.observations());
    }

    private record Probed(String description, Outcome outcome, Observations seen) {}
}
