package dev.mayfly.server;

import java.time.Instant;

/**
 * A gateway, and how far it has come.
 *
 * @param name of its machine, for people
 * @param address where requests come in
 * @param applied number of the last change it has made its own
 * @param seenAt when it last said so, by the database's clock
 */
record GatewayPlace(String name, String address, long applied, Instant seenAt) {}
