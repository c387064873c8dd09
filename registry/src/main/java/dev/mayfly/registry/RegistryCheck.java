package dev.mayfly.registry;

import java.util.Optional;

/**
 * What is in the way of a registry, without passwords and keys.
 *
 * @param keys of the keys that secrets are sealed with
 * @param database of the database
 */
public record RegistryCheck(Optional<String> keys, Optional<String> database) {}
