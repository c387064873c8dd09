package dev.mayfly.server;

import dev.mayfly.registry.Lease;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.Swept;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes away what is not needed any more: here, and, one gateway for all, in the registry. */
final class Household {
    static final Duration HERE = Duration.ofMinutes(10);
    static final Duration SWEEP = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Household.class);

    private final Registry registry;
    private final Layouts layouts;
    private final ArtifactCache artifacts;
    private final Supplier<Set<Path>> inUse;

    Household(
            Registry registry,
            Layouts layouts,
            ArtifactCache artifacts,
            Supplier<Set<Path>> inUse) {
        this.registry = registry;
        this.layouts = layouts;
        this.artifacts = artifacts;
        this.inUse = inUse;
    }

    /** Folders of revisions first: their files are the artifacts' last links. */
    void tidy() {
        try {
            layouts.tidy(inUse.get());
            artifacts.tidy();
        } catch (IOException e) {
            throw new UncheckedIOException("the data folder cannot be tidied", e);
        }
    }

    void sweep() {
        Optional<Lease> lease = registry.lease("sweep");
        if (lease.isPresent()) {
            try (Lease _ = lease.get()) {
                Swept swept = registry.sweep();
                LOG.info("swept the registry: {}", swept);
            }
        }
    }
}
