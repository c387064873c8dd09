package dev.mayfly.kafka;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.KafkaTrigger;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestFunction;

/**
 * What a subscription's records run on at the moment: a deploy swaps it whole.
 *
 * @param revision the app's revision
 * @param spec the function as declared
 * @param trigger the trigger as declared
 * @param variables the part of the environment that is the same for every record
 */
record Target(
        long revision,
        GuestFunction function,
        FunctionSpec spec,
        KafkaTrigger trigger,
        EventVariables variables) {

    static Target of(EventApp app, KafkaTrigger trigger, String serverSoftware) {
        FunctionSpec spec = app.manifest().functions().get(trigger.function());
        GuestFunction function = app.functions().get(trigger.function());
        if (spec == null || function == null) {
            throw new IllegalArgumentException(
                    "function: " + trigger.function() + " (expected: one of " + app.app() + "'s)");
        }
        var variables = new EventVariables(serverSoftware, spec, trigger.group());
        return new Target(app.revision(), function, spec, trigger, variables);
    }

    FunctionId id() {
        return function.id();
    }

    /** Runs handed to the pool at once: they leave half of the queue to requests. */
    int mostSubmitted() {
        var limits = spec.limits();
        return limits.concurrency().orElseGet(Target::usualConcurrency)
                + Math.max(1, limits.queue() / 2);
    }

    /** Half the guest threads that a server has unless it is told otherwise. */
    private static int usualConcurrency() {
        return Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    }
}
