package dev.mayfly.server;

import dev.mayfly.gateway.Events;
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
 * @param observed what can be seen of this gateway's work
 * @param others the gateways of the database
 * @param events its Kafka triggers; empty without brokers
 */
record AdminParts(
        Registry registry,
        Deploys deploys,
        Switches switches,
        Standing standing,
        Canaries canaries,
        Observed observed,
        Others others,
        Optional<Events> events) {}
