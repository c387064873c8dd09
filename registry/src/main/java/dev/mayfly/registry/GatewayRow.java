package dev.mayfly.registry;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;

/** A gateway as it was last heard of. */
@MappedEntity("gateways")
record GatewayRow(
        @Id String id, String name, String address, String admin, long applied, Instant seenAt) {
    GatewayBeat beat() {
        return new GatewayBeat(id, name, address, admin, applied, seenAt);
    }
}
