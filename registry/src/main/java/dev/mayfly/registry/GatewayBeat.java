package dev.mayfly.registry;

import java.time.Instant;

/**
 * What a gateway last said of itself.
 *
 * @param id its own, new at each start
 * @param name of its machine, for people
 * @param address where requests come in
 * @param admin URL of its admin API for the other gateways; empty where it does not say
 * @param applied number of the last change it has made its own
 * @param seenAt when, by the database's clock
 */
public record GatewayBeat(
        String id, String name, String address, String admin, long applied, Instant seenAt) {}
