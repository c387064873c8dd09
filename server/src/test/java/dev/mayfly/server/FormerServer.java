package dev.mayfly.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A whole server of an earlier version, built from this repository's history. */
final class FormerServer implements AutoCloseable {
    /** A version before this one that people could have run: of the same schema, older code. */
    static final String COMMIT = "d07910d7fce13ea5515188f928e3fe4495b09318";

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern ADMIN = Pattern.compile("admin API on (http://\\S+), .*");
    private static final Pattern LISTENING = Pattern.compile("listening on (http://\\S+).*");
    private static final int MINUTES = 15;

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private FormerServer(Process process) {
        this.process = process;
        Thread.ofVirtual().start(this::listen);
    }

    /** Whether the history goes back so far: a shallow clone has none. */
    static boolean isKnown() throws IOException, InterruptedException {
        Process git =
                new ProcessBuilder("git", "cat-file", "-e", COMMIT + "^{commit}")
                        .directory(REPOSITORY.toFile())
                        .redirectErrorStream(true)
                        .start();
        git.getInputStream().transferTo(OutputStream.nullOutputStream());
        return git.waitFor() == 0;
    }

    /** Its sources in {@code folder}; the command builds itself when it is first started. */
    static void checkOut(Path folder) throws IOException, InterruptedException {
        run(REPOSITORY, "git", "clone", "-q", "--shared", "--no-checkout", ".", folder.toString());
        run(folder, "git", "checkout", "-q", COMMIT);
        run(folder, "sh", "mayfly", "version");
    }

    private static void run(Path folder, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("former-", ".log");
        Process process = builder(folder, List.of(command)).redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
        String said = Files.readString(output);
        Files.delete(output);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " failed: " + said);
        }
    }

    private static ProcessBuilder builder(Path folder, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAYFLY_AOT", "off");
        return builder;
    }

    static FormerServer start(Path checkout, Path data, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>(List.of("sh", "mayfly", "server"));
        command.addAll(List.of("--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"));
        command.addAll(List.of("--data", data.toString(), "--log-format", "text"));
        ProcessBuilder builder = builder(checkout, command);
        builder.environment().putAll(environment);
        return new FormerServer(builder.start());
    }

    private void listen() {
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("its output broke off: " + e);
        }
    }

    private Optional<URI> said(Pattern pattern) {
        return lines.stream()
                .map(pattern::matcher)
                .filter(Matcher::find)
                .map(found -> URI.create(found.group(1)))
                .findFirst();
    }

    boolean isReady() {
        if (!process.isAlive()) {
            throw new AssertionError(lines.toString());
        }
        return said(ADMIN).isPresent() && said(LISTENING).isPresent();
    }

    URI app() {
        return said(LISTENING).orElseThrow();
    }

    AdminClient admin(String token) {
        return new AdminClient(said(ADMIN).orElseThrow(), token);
    }

    /** As SIGTERM does: what it is doing is done first. */
    void stop() {
        process.destroy();
        process.onExit().orTimeout(1, TimeUnit.MINUTES).join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
