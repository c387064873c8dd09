package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a watch remembers of one build, so that a save leads to a build and a build does not lead to
 * the next.
 *
 * <pre>
 *   save ─► build ─► a source changed while it ran: a save, or what the build itself writes?
 *             ▲            │ who wrote it cannot be known, so it is built once more
 *             └────────────┘ the third time in a row it is what the build writes
 * </pre>
 *
 * A file that was taken for what the build writes counts again as soon as it changes while no build
 * runs. Most builds never come to this: what they write is the same each time, and content decides.
 */
final class SourceMemory {
    private static final int IN_A_ROW = 2;

    /** The sources that need no build any more; none before the first look. */
    private Optional<BuildInputs> done = Optional.empty();

    private Set<Path> trigger = Set.of();
    private Set<Path> changedBefore = Set.of();
    private int inARow;
    private final Set<Path> written = new HashSet<>();

    /** {@return whether {@code run} is to run for the sources as they are {@code now}} */
    boolean wants(BuildInputs now, BuildRun run) throws IOException {
        if (done.filter(now::equals).isPresent()) {
            return false;
        }
        if (!run.isDue(now)) {
            done = Optional.of(now);
            return false;
        }
        trigger = done.map(before -> Set.copyOf(now.differing(before))).orElse(Set.of());
        written.removeAll(trigger);
        return true;
    }

    /**
     * Takes note of a run's end, good or not.
     *
     * @param before the sources it ran for
     * @param after as they were when it had ended
     * @return what its owner should know
     */
    Optional<String> ended(BuildInputs before, BuildInputs after) {
        Set<Path> changed = Set.copyOf(after.differing(before));
        boolean again =
                !trigger.isEmpty()
                        && changedBefore.containsAll(trigger)
                        && changedBefore.containsAll(changed);
        inARow = again ? inARow + 1 : 0;
        changedBefore = changed;
        if (written.containsAll(changed)) {
            done = Optional.of(after);
        } else if (inARow == IN_A_ROW) {
            written.addAll(changed);
            done = Optional.of(after);
            return Optional.of(
                    names(changed)
                            + " changed with each of the last builds: taken for what the build itself"
                            + " writes; leave it out of build.watch");
        } else {
            done = Optional.of(before);
        }
        return Optional.empty();
    }

    private static String names(Set<Path> files) {
        return new TreeSet<>(files).stream().map(Path::toString).collect(Collectors.joining(", "));
    }
}
