package dev.mayfly.http;

/**
 * What the answers of one trigger share.
 *
 * @param settings of the server
 * @param answers sends what is known whole
 * @param ids makes trace ids
 */
record Wiring(HttpSettings settings, Answers answers, RequestIds ids) {}
