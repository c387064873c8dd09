package dev.mayfly.server;

import dev.mayfly.gateway.Gateway;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.registry.AppState;
import dev.mayfly.registry.LiveApp;
import dev.mayfly.registry.Revision;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * One app that several threads change at random, while its track follows. Each version has a
 * revision of its number, so that what is served tells how far the track is; some delete the app.
 */
final class TrackCourse {
    private static final int WRITERS = 3;
    private static final int CHANGES = 12;
    private static final Duration LONG = Duration.ofSeconds(30);

    /** What is wrong with what the track is told. */
    enum Fault {
        NONE,
        /** An older revision under the newest version. */
        AN_OLD_REVISION_IS_TOLD_AS_NEW,
        /** Nobody says that there was a change. */
        A_CHANGE_IS_NOT_TOLD,
        /** The question is answered with what was, as of a database that lags behind. */
        THE_ANSWER_IS_OLD
    }

    private final String app;
    private final Gateway gateway;
    private final Preparer preparer;
    private final Fault fault;
    private final SplittableRandom seeds;
    private final AppTrack track;
    private final Queue<Long> switches = new ConcurrentLinkedQueue<>();
    private final List<LoadedRevision> offered = Collections.synchronizedList(new ArrayList<>());
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final NavigableSet<Long> deleted = new ConcurrentSkipListSet<>();

    /** Guarded by this: as a database would have them. */
    private long version;

    private Optional<AppNow> now = Optional.empty();
    private Optional<AppNow> before = Optional.empty();
    private final SplittableRandom answers;

    TrackCourse(long seed, Gateway gateway, Preparer preparer, LastKnown known, Fault fault) {
        this.app = "app-" + Long.toUnsignedString(seed, 36);
        this.gateway = gateway;
        this.preparer = preparer;
        this.fault = fault;
        seeds = new SplittableRandom(seed);
        answers = seeds.split();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        track =
                new AppTrack(
                        app,
                        new TrackParts(
                                gateway,
                                preparer,
                                known,
                                _ -> tell(),
                                threads,
                                new Semaphore(1),
                                _ -> switches.add(served())));
    }

    /** {@return everything that went wrong} */
    List<String> run() throws Exception {
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                SplittableRandom random = seeds.split();
                work.add(() -> write(random));
            }
            for (Future<Integer> each : writers.invokeAll(work)) {
                each.get();
            }
        }
        end();
        track.close();
        gateway.withdraw(app);
        return wrong;
    }

    private int write(SplittableRandom random) throws IOException {
        for (int i = 0; i < CHANGES; i++) {
            long change = change(random.nextInt(8) == 0);
            LockSupport.parkNanos(random.nextInt(300_000));
            List<LoadedRevision> prepared = random.nextInt(3) == 0 ? offer(change) : List.of();
            if (random.nextInt(4) == 0) {
                track.again();
            }
            if (fault != Fault.A_CHANGE_IS_NOT_TOLD || random.nextInt(3) > 0) {
                track.poke(change);
            }
            if (!prepared.isEmpty() && track.await(change, patience())) {
                track.retract(prepared);
            }
            if (random.nextInt(3) == 0) {
                seen(change);
            }
        }
        return CHANGES;
    }

    private synchronized long change(boolean delete) {
        version++;
        before = now;
        now = delete ? Optional.empty() : Optional.of(at(version, version));
        if (delete) {
            deleted.add(version);
        }
        return version;
    }

    private AppNow at(long number, long revision) {
        AppState state =
                new AppState(
                        app, number, (int) revision, new TreeMap<>(Map.of((int) revision, 100)));
        return new AppNow(new LiveApp(state, List.of(revision(revision))), Map.of());
    }

    private Revision revision(long number) {
        String manifest =
                """
                manifest_version = 1
                [app]
                name = "%s"
                [[trigger.http]]
                route = "/%s"
                static_response = { status = 200, body = "%d" }
                """
                        .formatted(app, app, number);
        var summary = new Revision.Summary(app, (int) number, Instant.EPOCH, "test", "");
        return new Revision(summary, manifest, Map.of());
    }

    /** As the registry would, which now and then is away. */
    private Optional<AppNow> tell() {
        Optional<AppNow> told;
        long pause;
        synchronized (this) {
            if (answers.nextInt(100) == 0) {
                throw new UncheckedIOException(new IOException("away"));
            }
            told = told();
            pause = answers.nextInt(500_000);
        }
        LockSupport.parkNanos(pause);
        return told;
    }

    private Optional<AppNow> told() {
        boolean honest = now.isEmpty() || answers.nextInt(3) > 0;
        return switch (fault) {
            case NONE, A_CHANGE_IS_NOT_TOLD -> now;
            case AN_OLD_REVISION_IS_TOLD_AS_NEW ->
                    honest ? now : Optional.of(at(version, Math.max(1, version - 7)));
            case THE_ANSWER_IS_OLD -> honest ? now : before;
        };
    }

    /** As a deploy does: prepared here, and perhaps served already by the time it is offered. */
    private List<LoadedRevision> offer(long revision) throws IOException {
        return switch (preparer.prepare(revision(revision), Map.of())) {
            case Parsed.Valid<LoadedRevision>(LoadedRevision ready) -> {
                offered.add(ready);
                track.offer(List.of(ready));
                yield List.of(ready);
            }
            case Parsed.Invalid<LoadedRevision> invalid ->
                    throw new IllegalStateException(invalid.toString());
        };
    }

    private Duration patience() {
        return fault == Fault.A_CHANGE_IS_NOT_TOLD ? Duration.ofMillis(500) : LONG;
    }

    /** Whoever waited for a change finds it served, or a later one. */
    private void seen(long change) {
        if (fault == Fault.NONE) {
            if (!track.await(change, LONG)) {
                wrong.add("change " + change + " was waited for in vain");
            } else if (served() < change && deleted.ceiling(change) == null) {
                wrong.add("change " + change + " is dealt with, and " + served() + " served");
            }
        }
    }

    /** {@return the number of the revision that is served; 0 for none} */
    private long served() {
        return track.served().all().stream()
                .mapToLong(revision -> revision.revision().number())
                .max()
                .orElse(0);
    }

    private synchronized long last() {
        return version;
    }

    private synchronized long wanted() {
        return now.map(AppNow::version).orElse(0L);
    }

    private void end() {
        if (!track.await(last(), patience())) {
            wrong.add("change " + last() + " was never dealt with");
        }
        if (fault != Fault.THE_ANSWER_IS_OLD && served() != wanted()) {
            wrong.add("revision " + served() + " is served, not " + wanted());
        }
        long newest = 0;
        for (long each : switches) {
            if (each != 0 && each < newest) {
                wrong.add("revision " + each + " was served after " + newest);
            }
            newest = Math.max(newest, each);
        }
        offered.stream()
                .filter(each -> !each.app().closed() && each.revision().number() != served())
                .forEach(
                        each -> wrong.add(each + " was offered, and is neither served nor closed"));
    }
}
