package dev.mayfly.server;

/**
 * The gateways of the database.
 *
 * @param self what this one is called
 * @param peers how the others are asked
 */
record Others(Self self, Peers peers) {}
