package dev.mayfly.server;

import dev.mayfly.gateway.AppTraffic;
import dev.mayfly.gateway.ServeResult;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import dev.mayfly.registry.Revision;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What this gateway serves of an app. A newer version of the app takes the place of an older one,
 * never the other way round; what does not change from one to the next is not loaded again.
 */
final class Served {
    private final String app;
    private final TrackParts parts;

    /** Guarded by this. Prepared by a deploy, not served. */
    private final List<LoadedRevision> offered = new ArrayList<>();

    /** By number. Written by the track's thread, replaced whole. */
    private volatile Map<Integer, LoadedRevision> revisions = Map.of();

    /** Percent by number. Written by the track's thread, replaced whole. */
    private volatile SortedMap<Integer, Integer> traffic = new TreeMap<>();

    /** Written by the track's thread. */
    private volatile long version;

    Served(String app, TrackParts parts) {
        this.app = app;
        this.parts = parts;
    }

    synchronized void offer(List<LoadedRevision> prepared) {
        offered.addAll(prepared);
    }

    /** Closes those that are offered still. */
    void retract(List<LoadedRevision> prepared) {
        List<LoadedRevision> left = new ArrayList<>();
        synchronized (this) {
            for (LoadedRevision each : prepared) {
                if (offered.removeIf(offer -> offer.app() == each.app())) {
                    left.add(each);
                }
            }
        }
        left.forEach(LoadedRevision::close);
    }

    private synchronized List<LoadedRevision> takeOffered() {
        List<LoadedRevision> taken = List.copyOf(offered);
        offered.clear();
        return taken;
    }

    /** {@return why the app is not what it should be; then it is what it was} */
    List<Problem> become(Optional<AppNow> now) throws IOException {
        List<LoadedRevision> spares = takeOffered();
        try {
            if (now.isEmpty()) {
                withdraw();
                return List.of();
            }
            return now.get().version() < version ? List.of() : follow(now.get(), spares);
        } finally {
            spares.stream().filter(spare -> !isServed(spare)).forEach(LoadedRevision::close);
        }
    }

    private void withdraw() {
        if (parts.gateway().withdraw(app)) {
            parts.switched().accept(app);
        }
        revisions = Map.of();
        traffic = new TreeMap<>();
        parts.known().remove(app);
    }

    private boolean isServed(LoadedRevision revision) {
        return revisions.values().stream().anyMatch(served -> served.app() == revision.app());
    }

    private List<Problem> follow(AppNow now, List<LoadedRevision> spares) throws IOException {
        Map<Integer, LoadedRevision> next = new LinkedHashMap<>();
        List<Problem> problems = new ArrayList<>();
        try {
            for (Revision wanted : now.live().revisions()) {
                switch (loaded(wanted, now.values(), spares)) {
                    case Parsed.Valid<LoadedRevision>(LoadedRevision revision) ->
                            next.put(wanted.number(), revision);
                    case Parsed.Invalid<LoadedRevision>(List<Problem> found) ->
                            problems.addAll(found);
                }
            }
            return problems.isEmpty() ? swap(now, next) : problems;
        } finally {
            next.values().stream().filter(made -> !isServed(made)).forEach(LoadedRevision::close);
        }
    }

    private Parsed<LoadedRevision> loaded(
            Revision wanted, Map<String, String> values, List<LoadedRevision> spares)
            throws IOException {
        Optional<LoadedRevision> here =
                all().stream()
                        .filter(revision -> revision.fits(wanted, values))
                        .findFirst()
                        .or(() ->
                                spares.stream()
                                        .filter(spare -> spare.fits(wanted, values))
                                        .findFirst());
        return here.isPresent()
                ? new Parsed.Valid<>(here.get())
                : parts.preparer().prepare(wanted, values);
    }

    private List<Problem> swap(AppNow now, Map<Integer, LoadedRevision> next) {
        if (!next.equals(revisions) || !now.traffic().equals(traffic)) {
            List<AppTraffic.Share> shares = new ArrayList<>();
            next.forEach((number, revision) ->
                    shares.add(
                            new AppTraffic.Share(
                                    revision.app(), now.traffic().getOrDefault(number, 0))));
            if (parts.gateway().serve(new AppTraffic(app, shares))
                    instanceof ServeResult.Refused(List<Problem> problems)) {
                return problems;
            }
            revisions = Map.copyOf(next);
            traffic = now.traffic();
            parts.switched().accept(app);
        }
        version = now.version();
        parts.known().put(now);
        return List.of();
    }

    /** {@return what is loaded and served} */
    Collection<LoadedRevision> all() {
        return revisions.values();
    }

    Optional<LoadedRevision> find(int number) {
        return Optional.ofNullable(revisions.get(number));
    }

    long version() {
        return version;
    }

    /** {@return the revisions among which the traffic is split; empty when it is not} */
    List<Integer> split() {
        SortedMap<Integer, Integer> now = traffic;
        return now.size() < 2 ? List.of() : List.copyOf(now.keySet());
    }
}
