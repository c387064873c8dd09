package dev.mayfly.server;

import dev.mayfly.gateway.Events;
import dev.mayfly.gateway.GuestLogs;
import dev.mayfly.registry.Registry;
import java.util.Optional;

/**
 * What the admin API works with.
 *
 * @param registry what is stored
 * @param deploys makes deploys
 * @param switches changes what is served
 * @param standing how this server is
 * @param canaries gradual rollouts
 * @param logs what functions logged here
 * @param events its Kafka triggers; empty without brokers
 */
record AdminParts(
        Registry registry,
        Deploys deploys,
        Switches switches,
        Standing standing,
        Canaries canaries,
        GuestLogs logs,
        Optional<Events> events) {}
