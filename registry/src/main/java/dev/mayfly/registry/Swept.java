package dev.mayfly.registry;

/**
 * What a sweep took away.
 *
 * @param revisions old ones
 * @param artifacts that nothing uses
 * @param answers forgotten idempotency keys
 * @param changes lines of the audit log
 */
public record Swept(int revisions, int artifacts, int answers, int changes) {}
