package dev.mayfly.pool;

/**
 * One line of a module's {@code _routes}.
 *
 * @param path relative to the trigger's route, starts with a slash, may end in {@code /...}
 * @param entrypoint the export to call
 */
public record SubRoute(String path, String entrypoint) {}
