package dev.mayfly.server;

import dev.mayfly.registry.Registry;

/**
 * What the admin API works with.
 *
 * @param registry what is stored
 * @param deploys makes deploys
 * @param switches changes what is served
 * @param standing how this server is
 * @param canaries gradual rollouts
 * @param observed what can be seen of this gateway's work
 */
record AdminParts(
        Registry registry,
        Deploys deploys,
        Switches switches,
        Standing standing,
        Canaries canaries,
        Observed observed) {}
