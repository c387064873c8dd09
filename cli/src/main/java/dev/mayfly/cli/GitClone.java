package dev.mayfly.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The newest commit of a repository, in a folder for the time being. Fetched by the git of this
 * machine, which knows how its user gets in. The repository may be a stranger's: no hook and no
 * submodule of it is run or fetched.
 */
final class GitClone implements AutoCloseable {
    private static final long MINUTES_AT_MOST = 10;
    private static final int LINES_SHOWN = 4;
    private static final int BYTES_READ = 1 << 16;

    /** Of a git that runs us in one of its hooks: they mean that other repository. */
    private static final List<String> NOT_FOR_IT =
            List.of("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY");

    private final TemplateSource.Repository repository;
    private final Surroundings surroundings;
    private final Path folder;
    private final AtExit atExit;
    private volatile @Nullable ProcessTree fetching;

    private GitClone(TemplateSource.Repository repository, Surroundings surroundings)
            throws IOException {
        this.repository = repository;
        this.surroundings = surroundings;
        this.folder = Files.createTempDirectory("mayfly-template-");
        this.atExit = AtExit.begin("mayfly-template-end", this::breakOff);
    }

    /**
     * {@return the repository, fetched}
     *
     * @throws StoppedException if git cannot, with what git says and what to do
     * @throws InterruptedIOException when this process ends meanwhile
     */
    static GitClone of(TemplateSource.Repository repository, Surroundings surroundings)
            throws IOException {
        GitClone clone = new GitClone(repository, surroundings);
        try {
            clone.fetch();
            return clone;
        } catch (IOException e) {
            if (!clone.isForgotten()) { // git was ended, which is no fault of its own
                throw (IOException) new InterruptedIOException("interrupted").initCause(e);
            }
            throw e;
        }
    }

    /** {@return the template in it} */
    Template template() throws IOException {
        Path root = root();
        return TemplateSource.read(root.resolve(repository.path()), repository.shown(), root);
    }

    private Path root() {
        return folder.resolve("repository");
    }

    private void fetch() throws IOException {
        Path said = folder.resolve("said");
        int exit;
        try (ProcessTree tree = start(said)) {
            fetching = tree;
            exit = awaited(tree);
        } finally {
            fetching = null;
        }
        if (exit != 0) {
            String text = end(said);
            throw failed(lastLines(text), text);
        }
    }

    private int awaited(ProcessTree tree) throws IOException {
        Process git = tree.root();
        try {
            git.getOutputStream().close();
            if (!git.waitFor(MINUTES_AT_MOST, TimeUnit.MINUTES)) {
                throw failed("it took more than " + MINUTES_AT_MOST + " minutes", "");
            }
            return git.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (IOException) new InterruptedIOException("interrupted").initCause(e);
        } finally {
            if (git.isAlive()) { // what it left behind on purpose may keep a password for a while
                tree.end();
            }
        }
    }

    /** A server may say a lot. */
    private static String end(Path said) throws IOException {
        try (InputStream in = Files.newInputStream(said)) {
            in.skipNBytes(Math.max(0, Files.size(said) - BYTES_READ));
            return new String(in.readNBytes(BYTES_READ), StandardCharsets.UTF_8);
        }
    }

    private ProcessTree start(Path said) throws IOException {
        ProcessBuilder git =
                new ProcessBuilder(
                                program().toString(),
                                "-c",
                                "core.hooksPath=" + folder.resolve("no-hooks"),
                                "-c",
                                "protocol.ext.allow=never",
                                "clone",
                                "--quiet",
                                "--depth=1",
                                "--no-tags",
                                "--template=",
                                "--",
                                repository.url(),
                                root().toString())
                        .redirectError(said.toFile())
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        Map<String, String> environment = git.environment();
        environment.clear();
        environment.putAll(surroundings.environment());
        environment.keySet().removeAll(NOT_FOR_IT);
        environment.put("LC_ALL", "C"); // what it says is looked at
        if (!surroundings.keyboard().isTerminal()) {
            environment.put("GIT_TERMINAL_PROMPT", "0");
            environment.putIfAbsent("GIT_SSH_COMMAND", "ssh -o BatchMode=yes");
        }
        return ProcessTree.start(git);
    }

    private Path program() throws StoppedException {
        return new Programs(surroundings.environment())
                .find("git")
                .orElseThrow(() ->
                        new StoppedException(
                                Exit.FAILURE,
                                "there is no git on the PATH to fetch " + repository.shown(),
                                "install git (mayfly doctor says how), or name a folder or a built-in template"));
    }

    private StoppedException failed(String why, String said) {
        return new StoppedException(
                Exit.FAILURE, "git could not fetch " + repository.shown() + ": " + why, mend(said));
    }

    private String mend(String said) {
        if (said.contains("Could not resolve host")) {
            return "is the host spelled right, and is there a network?";
        }
        if (Stream.of("uthentication", "could not read Username", "Permission denied", "error: 403")
                .anyMatch(said::contains)) {
            return "git could not get in; try it by hand first: git ls-remote "
                    + repository.shown();
        }
        if (Stream.of("not found", "does not exist", "does not appear to be", "no such")
                .anyMatch(said.toLowerCase(Locale.ROOT)::contains)) {
            return "is the URL spelled right? #path after it means a folder of the repository";
        }
        return "try it by hand: git ls-remote " + repository.shown();
    }

    /** What git says may hold the URL and its password again. */
    private String lastLines(String text) {
        List<String> lines =
                repository
                        .withoutSecrets(text)
                        .lines()
                        .map(Shown::plain)
                        .filter(line -> !line.isBlank())
                        .toList();
        return String.join(
                " / ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
    }

    @Override
    public void close() {
        isForgotten();
    }

    /** {@return false when this process ends, which takes care of it} */
    private boolean isForgotten() {
        boolean inTime = atExit.callOff();
        if (inTime) {
            forget();
        }
        return inTime;
    }

    /** Git first: it would go on to write into the folder. */
    private void breakOff() {
        ProcessTree git = fetching;
        if (git != null) {
            git.end();
        }
        forget();
    }

    private void forget() {
        try {
            Folders.delete(folder);
        } catch (IOException e) { // of the system's folder for such things, which is swept
            surroundings.err().println("warning: " + folder + " is left: " + Complaints.reason(e));
        }
    }
}
