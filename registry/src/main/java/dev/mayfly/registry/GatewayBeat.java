package dev.mayfly.registry;

import java.time.Instant;

/**
 * What a gateway last said of itself.
 *
 * @param id its own, new at each start
 * @param name of its machine, for people
 * @param address where requests come in
 * @param applied number of the last change it has made its own
 * @param seenAt when, by the database's clock
 */
public record GatewayBeat(String id, String name, String address, long applied, Instant seenAt) {}
