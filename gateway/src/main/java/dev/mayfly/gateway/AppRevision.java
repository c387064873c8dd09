package dev.mayfly.gateway;

import dev.mayfly.manifest.Manifest;
import java.nio.file.Path;

/**
 * One revision of an app, as its files lie in a folder.
 *
 * @param manifest variables resolved
 * @param revision its number, distinct from those of the app's other revisions
 * @param folder what the manifest's paths are relative to; read as long as the revision is open
 */
public record AppRevision(Manifest manifest, long revision, Path folder) {
    String app() {
        return manifest.app().name();
    }
}
