package dev.mayfly.http;

/**
 * Where a request came from, as trusted proxies tell it.
 *
 * @param clientHost without brackets
 * @param clientPort 0 if no proxy told
 * @param secure whether the client spoke TLS
 * @param serverPort the port the client asked
 */
record Origin(String clientHost, int clientPort, boolean secure, int serverPort) {}
