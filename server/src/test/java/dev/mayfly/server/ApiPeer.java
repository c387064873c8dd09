package dev.mayfly.server;

import dev.mayfly.registry.Registry;

/**
 * A server to be asked.
 *
 * @param port of its admin API
 * @param registry on the same database
 */
record ApiPeer(int port, Registry registry) {}
