package dev.mayfly.cli;

import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * One build of an app: whether it is due, and its run. What is due is decided by content: of the
 * sources, of the command, of the modules that came out. Used by one thread at a time.
 */
final class BuildRun {
    /** From here on a shell's exit code says which signal ended the command. */
    private static final int SIGNALS = 128;

    private final Path folder;
    private final BuildUnit unit;
    private final BuildLedger ledger;
    private final WatchGlobs globs;

    /** No source, whatever the globs say: or each build would be the reason of the next. */
    private final Set<String> allModules;

    BuildRun(Path folder, Manifest manifest, BuildUnit unit, BuildLedger ledger) {
        this.folder = folder;
        this.unit = unit;
        this.ledger = ledger;
        this.globs = WatchGlobs.of(folder, unit.watch());
        globs.addFile(unit.program());
        this.allModules =
                manifest.functions().values().stream()
                        .map(function -> Path.of(BuildUnit.module(function)).normalize())
                        .map(Path::toString)
                        .collect(Collectors.toSet());
    }

    BuildUnit unit() {
        return unit;
    }

    WatchGlobs globs() {
        return globs;
    }

    /** {@return the sources as they are now} */
    BuildInputs inputs() throws IOException {
        return BuildInputs.read(folder, globs, allModules);
    }

    /** {@return whether the command must run for these sources} */
    boolean isDue(BuildInputs inputs) throws IOException {
        Optional<BuildLedger.Entry> last = ledger.last(unit.command());
        return unit.watch().isEmpty()
                || last.isEmpty()
                || !last.get().inputs().equals(inputs.digest())
                || !last.get().modules().equals(modules());
    }

    /** Digests of the modules that are there. */
    private Map<String, String> modules() throws IOException {
        Map<String, String> digests = new LinkedHashMap<>();
        for (String module : unit.modules()) {
            try {
                digests.put(module, Artifact.of(module, at(module)).digest());
            } catch (NoSuchFileException _) { // not built yet
                digests.remove(module);
            }
        }
        return digests;
    }

    /**
     * Runs the command.
     *
     * @param before the sources it is run for
     * @param strip whether custom sections are taken out of what it makes
     * @param lines what it prints
     * @throws InterruptedException when the wait is interrupted; then nothing of it runs any more
     */
    BuildEnd run(BuildInputs before, boolean strip, Consumer<String> lines)
            throws IOException, InterruptedException {
        Symptoms symptoms = new Symptoms();
        Before old =
                new Before(
                        before,
                        ledger.last(unit.command()),
                        states(),
                        MadeElsewhere.since(folder, allModules));
        ledger.forget(unit.command());
        long begin = System.nanoTime();
        int exit =
                ShellRun.run(
                        unit.command(),
                        folder,
                        line -> {
                            symptoms.see(line);
                            lines.accept(line);
                        });
        Duration time = Duration.ofNanos(System.nanoTime() - begin);
        return exit == 0
                ? cameOut(time, old, strip)
                : new BuildEnd.Failed(time, ended(exit), symptoms.mends(exit));
    }

    /** What was there before the command ran. */
    private record Before(
            BuildInputs inputs,
            Optional<BuildLedger.Entry> last,
            Map<String, FileState> states,
            MadeElsewhere elsewhere) {
        boolean hadOtherSources() {
            return last.isPresent() && !last.get().inputs().equals(inputs.digest());
        }
    }

    private BuildEnd cameOut(Duration time, Before old, boolean strip) throws IOException {
        List<String> missing =
                unit.modules().stream().filter(each -> !Files.isRegularFile(at(each))).toList();
        if (!missing.isEmpty()) {
            return new BuildEnd.Failed(time, noModule(missing), old.elsewhere().mends(missing));
        }
        List<String> notes = new ArrayList<>(idleGlobs(old.inputs()));
        if (old.states().equals(states())) {
            notes.addAll(old.elsewhere().unwritten(unit.modules(), old.hadOtherSources()));
        }
        if (strip) {
            strip();
        }
        ledger.note(unit.command(), new BuildLedger.Entry(old.inputs().digest(), modules()));
        return new BuildEnd.Built(time, notes);
    }

    private String ended(int exit) {
        return Shown.plain(unit.command())
                + (exit > SIGNALS
                        ? " was ended by signal " + (exit - SIGNALS)
                        : " failed with exit code " + exit);
    }

    private String noModule(List<String> missing) {
        return Shown.plain(unit.command())
                + " ended well, but there is no "
                + String.join(", no ", missing);
    }

    private Map<String, FileState> states() {
        Map<String, FileState> states = new LinkedHashMap<>();
        unit.modules().forEach(module -> states.put(module, FileState.of(at(module))));
        return states;
    }

    private List<String> idleGlobs(BuildInputs inputs) {
        return globs.idle(inputs.digests().keySet()).stream()
                .map(glob -> "build.watch: \"" + glob + "\" matches no file")
                .toList();
    }

    /** Takes custom sections out of the modules that are there. */
    void strip() throws IOException {
        for (String module : unit.modules()) {
            StrippedFile.strip(at(module));
        }
    }

    /** As {@link #strip}, of modules that were built before; they stay up to date. */
    void stripBuilt() throws IOException {
        strip();
        Optional<BuildLedger.Entry> last = ledger.last(unit.command());
        if (last.isPresent() && !last.get().modules().equals(modules())) {
            ledger.note(unit.command(), new BuildLedger.Entry(last.get().inputs(), modules()));
        }
    }

    Path at(FunctionSpec function) {
        return at(BuildUnit.module(function));
    }

    private Path at(String module) {
        return folder.resolve(module).normalize();
    }
}
