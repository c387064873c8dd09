package dev.mayfly.cli;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Everything of an app that lies beside its app.toml.
 *
 * @param files by their path below the app's folder, with {@code /}
 */
record Bundle(NavigableMap<String, Artifact> files) {
    Bundle {
        files = Collections.unmodifiableNavigableMap(new TreeMap<>(files));
    }

    /** {@return digests by path} */
    Map<String, String> digests() {
        Map<String, String> digests = new LinkedHashMap<>();
        files.forEach((path, artifact) -> digests.put(path, artifact.digest()));
        return digests;
    }

    /** {@return one file for each digest} */
    Collection<Artifact> distinct() {
        Map<String, Artifact> distinct = new LinkedHashMap<>();
        files.values().forEach(artifact -> distinct.putIfAbsent(artifact.digest(), artifact));
        return distinct.values();
    }
}
