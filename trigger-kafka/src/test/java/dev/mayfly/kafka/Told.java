package dev.mayfly.kafka;

import dev.mayfly.kafka.Examined.Poison;
import dev.mayfly.kafka.Examined.Sound;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What a function is told of a record. */
final class Told {
    static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    static final EventIdentity ID =
            new EventIdentity(
                    "0".repeat(32),
                    new EventTrace(0x0af7651916cd43ddL, 0x8448eb211c80319cL, 0, 7, 1),
                    "");

    /** The second one, of the span that {@link #PARENT} names. */
    static final EventVariables.Attempt SECOND = new EventVariables.Attempt(2, 0xb7ad6b7169203331L);

    private Told() {}

    static EventVariables function(String keys) {
        return new EventVariables("Mayfly/1", TestFunction.of(keys), "shop-f");
    }

    /** {@return the variables of its second attempt} */
    static Map<String, String> variables(TestRecord made) {
        EventVariables plain = function("");
        ConsumerRecord<byte[], byte[]> record = made.made();
        ArrayBlock block = new ArrayBlock();
        switch (plain.examine(record, ID)) {
            case Sound sound -> plain.environment(block, record, ID, SECOND, sound.event());
            case Poison(String reason) -> throw new AssertionError(reason);
        }
        return block.variables();
    }

    /** {@return why no attempt is made; empty for a sound record} */
    static String poison(TestRecord made) {
        return function("").examine(made.made(), ID) instanceof Poison(String reason) ? reason : "";
    }
}
