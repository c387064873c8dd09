package dev.mayfly.server;

import dev.mayfly.gateway.Events;
import dev.mayfly.gateway.FailedRecord;
import dev.mayfly.gateway.TriggerRow;
import dev.mayfly.pool.Distribution;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One trigger of the app {@code shop}, with one dead letter; brokers that may be away. */
record PlayedEvents(boolean reachable) implements Events {
    private static final FailedRecord.Place PLACE = new FailedRecord.Place("shop-failed", 0, 0);

    @Override
    public List<TriggerRow> triggers() {
        return List.of(
                new TriggerRow(
                        "shop",
                        "f",
                        1,
                        "shop",
                        List.of(
                                new TriggerRow.Partition(
                                        "orders", 0, "running", "", -1, 7, 2, 1, 5, 1),
                                new TriggerRow.Partition(
                                        "orders",
                                        1,
                                        "stopped",
                                        "a record failed",
                                        3,
                                        0,
                                        0,
                                        0,
                                        0,
                                        0)),
                        new TriggerRow.Records(3, 1, 0),
                        5,
                        3,
                        1,
                        Distribution.NONE));
    }

    @Override
    public List<String> deadLetterTopics(String app) {
        return app.equals("shop") ? List.of(PLACE.topic()) : List.of();
    }

    @Override
    public List<FailedRecord> deadLetters(String app, String topic, int limit) {
        return deadLetter(app, PLACE).stream().toList();
    }

    @Override
    public Optional<FailedRecord> deadLetter(String app, FailedRecord.Place at) {
        return app.equals("shop") && at.equals(PLACE)
                ? Optional.of(
                        new FailedRecord(
                                PLACE,
                                Instant.EPOCH,
                                Optional.of(bytes("k")),
                                Optional.of(ByteBuffer.wrap(new byte[] {(byte) 0xff})),
                                List.of(new FailedRecord.Header("h", bytes("v"))),
                                Map.of("error", "exit code 3", "app", "shop")))
                : Optional.empty();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Optional<FailedRecord.Place> replay(String app, FailedRecord.Place at) {
        return deadLetter(app, at).map(_ -> new FailedRecord.Place("orders", 0, 9));
    }
}
