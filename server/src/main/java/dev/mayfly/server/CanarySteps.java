package dev.mayfly.server;

import dev.mayfly.registry.AnswerCount;
import dev.mayfly.registry.ChangeResult;
import dev.mayfly.registry.Intent;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.Rollout;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes gradual rollouts on: the one of all gateways that holds the lease looks at each rollout
 * every second, takes it back if its rule is met, else gives the new revision twice as much when
 * its step is over. All there is to know is in the database, so whoever gets the lease next goes on
 * where the one before stopped.
 *
 * <p>Runs on one thread; what it changes, every gateway hears as any other change.
 */
final class CanarySteps implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(CanarySteps.class);
    private static final String WHO = "canary";

    private final Registry registry;
    private final Duty duty;

    CanarySteps(Registry registry) {
        this.registry = registry;
        duty = new Duty(registry, "rollouts");
    }

    @Override
    public void run() {
        List<Rollout> running = registry.rollouts().running();
        if (running.isEmpty()) {
            duty.lay();
        } else if (duty.isMine()) {
            running.forEach(this::look);
        }
    }

    private void look(Rollout rollout) {
        List<AnswerCount> answered =
                registry.gateways().answered(rollout.app(), rollout.revision());
        String rule = rollout.plan().abortOn();
        if (!rule.isEmpty() && AbortRule.parse(rule).isMetBy(answered)) {
            takeBack(rollout, rule);
        } else if (rollout.timing().due()) {
            advance(rollout);
        }
    }

    private void takeBack(Rollout rollout, String rule) {
        ChangeResult result =
                registry.rollouts()
                        .takeBack(
                                rollout.app(),
                                Rollout.State.ABORTED,
                                "revision " + rollout.revision() + " met " + rule,
                                Intent.of(WHO));
        LOG.warn(
                "{}: revision {} met {} and gets no more traffic: {}",
                rollout.app(),
                rollout.revision(),
                rule,
                result.getClass().getSimpleName());
    }

    private void advance(Rollout rollout) {
        int percent = next(rollout.percent());
        ChangeResult result = registry.rollouts().advance(rollout, percent, WHO);
        LOG.info(
                "{}: revision {} gets {} % of the traffic: {}",
                rollout.app(), rollout.revision(), percent, result.getClass().getSimpleName());
    }

    /** Doubles: the more it has shown, the larger the step. 5, 10, 20, 40, 80, all. */
    static int next(int percent) {
        return Math.min(100, 2 * percent);
    }

    void close() {
        duty.lay();
    }
}
