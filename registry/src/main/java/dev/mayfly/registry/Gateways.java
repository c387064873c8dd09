package dev.mayfly.registry;

import java.time.Duration;
import java.util.List;

/**
 * The gateways that share the database, as far as they are heard of. Calls block and throw {@link
 * UnavailableException}. Any thread.
 */
public interface Gateways {
    /** A gateway that was not heard of for longer counts as gone. */
    Duration PRESENCE = Duration.ofSeconds(15);

    /**
     * Says that a gateway is there.
     *
     * @param beat what it says; its time is the database's
     * @param counts every count of a split app, in the place of those of the last beat
     */
    void beat(GatewayBeat beat, List<AnswerCount> counts);

    /**
     * Says that a gateway goes.
     *
     * @param id its own
     */
    void leave(String id);

    /** {@return those heard of within {@link #PRESENCE}, by name} */
    List<GatewayBeat> present();

    /**
     * {@return what a revision answered, summed over all gateways, gone ones included}
     *
     * @param app whose
     * @param revision which
     */
    List<AnswerCount> answered(String app, int revision);
}
