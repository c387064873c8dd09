package dev.mayfly.registry;

import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Ties revisions to artifacts; within the ledger's transaction. */
@Singleton
final class Holdings {
    private final ArtifactRows artifacts;
    private final ArtifactUses uses;

    Holdings(ArtifactRows artifacts, ArtifactUses uses) {
        this.artifacts = artifacts;
        this.uses = uses;
    }

    /** Locks those that are there, so that none is swept away before the commit. */
    Set<Digest> missing(Collection<Digest> wanted) {
        Set<Digest> missing = new HashSet<>(wanted);
        if (!missing.isEmpty()) {
            Set<String> digests = missing.stream().map(Digest::hex).collect(Collectors.toSet());
            artifacts.lockComplete(digests).forEach(row -> missing.remove(row.name()));
        }
        return missing;
    }

    void use(String app, int revision, Map<String, Digest> files) {
        files.forEach((path, digest) -> uses.add(app, revision, path, digest.hex()));
    }
}
