package dev.mayfly.cli;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Parsed;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The builds of an app that is watched. An app.toml that does not parse changes nothing here: who
 * loads it says what is wrong. Used by one thread at a time: first the one that starts, then the
 * watch's.
 */
final class WatchedBuilds {
    private final Location.Found source;
    private final Surroundings surroundings;
    private final ChangeEvents events;
    private final Map<String, SourceMemory> memories = new HashMap<>();
    private Optional<Manifest> manifest = Optional.empty();
    private List<BuildUnit> units = List.of();

    /** The app.toml as it was before the builds were read from it. */
    private FileState planned = FileState.ABSENT;

    /** The sources as they were before their content was last read. */
    private Map<Path, FileState> seen = Map.of();

    WatchedBuilds(Location.Found source, Surroundings surroundings, ChangeEvents events) {
        this.source = source;
        this.surroundings = surroundings;
        this.events = events;
    }

    /**
     * What came of a look.
     *
     * @param built how many commands ended well
     * @param failed how many did not
     * @param saved when the newest source was saved, as far as that can be known
     * @param time of the command that took longest
     */
    record Turnout(int built, int failed, Instant saved, Duration time) {}

    /** {@return whether a source may be another one; cheap, and wrong for a touch} */
    boolean changed() {
        return !seen.equals(states());
    }

    /** {@return whether what changed looks as if its writer were done with it} */
    boolean looksWhole() {
        Map<Path, FileState> now = states();
        Set<Path> all = new LinkedHashSet<>(seen.keySet());
        all.addAll(now.keySet());
        return all.stream()
                .filter(path -> !Objects.equals(now.get(path), seen.get(path)))
                .allMatch(path -> now.getOrDefault(path, FileState.ABSENT).size() > 0);
    }

    /**
     * Builds what is due; blocks until it is.
     *
     * @throws InterruptedException when the wait is interrupted; then nothing of it runs any more
     */
    Turnout build() throws IOException, InterruptedException {
        plan();
        units.forEach(unit -> events.sources(globs(unit)));
        Map<Path, FileState> now = states();
        Instant saved = saved(now);
        seen = now;
        BuildLedger ledger = BuildLedger.of(source.folder());
        List<BuildCrew.Task> due = new ArrayList<>();
        for (BuildUnit unit : units) {
            BuildRun run = new BuildRun(source.folder(), manifest.orElseThrow(), unit, ledger);
            BuildInputs inputs = run.inputs();
            if (memory(unit).wants(inputs, run)) {
                due.add(new BuildCrew.Task(run, inputs));
            }
        }
        return due.isEmpty() ? new Turnout(0, 0, saved, Duration.ZERO) : run(due, saved);
    }

    private Turnout run(List<BuildCrew.Task> due, Instant saved)
            throws IOException, InterruptedException {
        List<BuildEnd> ends;
        try (BuildLock _ = BuildLock.take(source.folder(), surroundings)) {
            int jobs = Runtime.getRuntime().availableProcessors();
            ends = new BuildCrew(surroundings, jobs).run(due, true);
        }
        Duration longest = Duration.ZERO;
        int failed = 0;
        for (int i = 0; i < due.size(); i++) {
            BuildCrew.Task task = due.get(i);
            BuildUnit unit = task.run().unit();
            new BuildReport(
                            surroundings,
                            List.of(new BuildReport.Row(unit, ends.get(i), List.of())))
                    .remarks()
                    .forEach(this::say);
            memory(unit)
                    .ended(task.inputs(), task.run().inputs())
                    .ifPresent(note -> say(unit.name() + ": note: " + note));
            switch (ends.get(i)) {
                case BuildEnd.Built(Duration time, _) -> longest = longer(longest, time);
                case BuildEnd.Failed(Duration time, _, _) -> {
                    longest = longer(longest, time);
                    failed++;
                }
                case BuildEnd.UpToDate() -> {}
            }
        }
        return new Turnout(due.size() - failed, failed, saved, longest);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    private void plan() {
        try {
            read();
        } catch (IOException _) { // who loads the app says so; the builds are what they were
            return;
        }
    }

    private void read() throws IOException {
        FileState now = FileState.of(source.file());
        if (now.equals(planned)) {
            return; // reading it takes longer than all else that is ours before a command starts
        }
        planned = now;
        if (source instanceof Location.ManifestFile(Path file)
                && AppReader.parse(file) instanceof Parsed.Valid<Manifest>(Manifest read)
                && BuildPlan.of(read, source.folder())
                        instanceof Parsed.Valid<List<BuildUnit>>(List<BuildUnit> all)) {
            manifest = Optional.of(read);
            units = all.stream().filter(unit -> !unit.watch().isEmpty()).toList();
        }
    }

    private SourceMemory memory(BuildUnit unit) {
        return memories.computeIfAbsent(unit.command(), _ -> new SourceMemory());
    }

    private WatchGlobs globs(BuildUnit unit) {
        WatchGlobs globs = WatchGlobs.of(source.folder(), unit.watch());
        globs.addFile(unit.program());
        return globs;
    }

    private Map<Path, FileState> states() {
        Map<Path, FileState> states = new LinkedHashMap<>();
        for (BuildUnit unit : units) {
            try {
                for (Path path : globs(unit).files()) {
                    states.put(path, FileState.of(source.folder().resolve(path)));
                }
            } catch (IOException e) {
                say(unit.name() + ": its sources cannot be looked at: " + Complaints.reason(e));
            }
        }
        return states;
    }

    /** By the clock of the file system; now for a file that is gone, or from the future. */
    private Instant saved(Map<Path, FileState> now) {
        Instant present = Instant.now();
        return now.entrySet().stream()
                .filter(file -> !file.getValue().equals(seen.get(file.getKey())))
                .map(file -> file.getValue().modified().toInstant())
                .max(Instant::compareTo)
                .filter(saved -> saved.isBefore(present))
                .orElse(present);
    }

    private void say(String line) {
        surroundings.err().println(line);
    }
}
