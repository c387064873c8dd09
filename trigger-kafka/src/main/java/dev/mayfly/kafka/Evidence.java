package dev.mayfly.kafka;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The headers of a dead letter that say why it is one, in the order they are written. */
enum Evidence {
    ERROR,
    ATTEMPTS,
    EXIT_CODE,
    STDERR,
    APP,
    FUNCTION,
    REVISION,
    SOURCE_TOPIC,
    SOURCE_PARTITION,
    SOURCE_OFFSET,
    SOURCE_TIMESTAMP,
    FAILED_AT,
    REQUEST_ID;

    private static final Map<String, Evidence> BY_HEADER =
            Stream.of(values()).collect(Collectors.toMap(Evidence::header, Function.identity()));

    static Optional<Evidence> of(String header) {
        return Optional.ofNullable(BY_HEADER.get(header));
    }

    /** {@return the name without {@code mayfly-}, as people see it} */
    String shown() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String header() {
        return DeadLetterRecord.PREFIX + shown();
    }
}
