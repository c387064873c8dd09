package dev.mayfly.gateway;

import dev.mayfly.manifest.Manifest;
import java.nio.file.Path;

/**
 * An app to serve.
 *
 * @param folder what the manifest's paths are relative to
 * @param manifest variables resolved
 */
public record AppSource(Path folder, Manifest manifest) {}
