package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A {@link BenchGateway} in a process of its own, its caches and apps in a folder of its own. */
final class HostedGateway implements AutoCloseable {
    private static final long STOP_SECONDS = 40;

    private final Scratch scratch;
    private final Process process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final PrintStream commands;
    private final int port;
    private int deploys;

    private HostedGateway(Scratch scratch, Process process) throws IOException {
        this.scratch = scratch;
        this.process = process;
        Thread.ofPlatform().daemon().name("bench-gateway-output").start(this::read);
        commands = new PrintStream(process.getOutputStream(), true, UTF_8);
        port = (int) answer().get("port");
    }

    /**
     * Starts one and returns when it listens.
     *
     * @param heap a flag of the JVM, {@code -Xmx2g}
     * @param settings of the server, by environment variable
     */
    static HostedGateway start(String heap, Map<String, String> settings) throws IOException {
        Scratch scratch = Scratch.make();
        Map<String, String> environment = new HashMap<>(settings);
        environment.put("MAYFLY_ACCESS_LOG", "false");
        environment.put("XDG_CACHE_HOME", scratch.folder().resolve("cache").toString());
        environment.put("MAYFLY_SPOOL_FOLDER", scratch.folder().resolve("spool").toString());
        ProcessBuilder builder =
                new ProcessBuilder(Jvm.command(BenchGateway.class, heap))
                        .redirectError(Redirect.to(log(scratch).toFile()));
        builder.environment().putAll(environment);
        return new HostedGateway(scratch, builder.start());
    }

    private static Path log(Scratch scratch) {
        return scratch.folder().resolve("stderr");
    }

    Driver driver() {
        return new Driver(port);
    }

    int port() {
        return port;
    }

    /** Puts a module where the apps that are deployed later find it. */
    void module(String file, byte[] module) throws IOException {
        Files.write(scratch.folder().resolve(file), module);
    }

    /** Serves all of these apps from one moment on. */
    void deploy(List<String> manifests) throws IOException {
        Path file = scratch.folder().resolve("deploy-" + deploys++);
        Files.writeString(file, String.join("---\n", manifests));
        tell("deploy " + file);
    }

    /** Commands are those of {@link BenchGateway}. */
    synchronized Vitals tell(String command) throws IOException {
        commands.println(command);
        return answer();
    }

    /** All the time: a gateway whose log nobody reads would wait for room in the pipe. */
    private void read() {
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (line.startsWith(BenchGateway.OK) || line.startsWith(BenchGateway.FAILED)) {
                    answers.add(line);
                }
            }
            answers.add(
                    BenchGateway.FAILED + "the gateway ended: " + Files.readString(log(scratch)));
        } catch (IOException e) {
            answers.add(BenchGateway.FAILED + e);
        }
    }

    private Vitals answer() throws IOException {
        try {
            String line = answers.take();
            if (line.startsWith(BenchGateway.FAILED)) {
                throw new IOException(line);
            }
            return Vitals.parse(line.substring(BenchGateway.OK.length()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while a gateway was asked", e);
        }
    }

    /** Ends it as the end of its input does; waits, so that the next measurement is alone. */
    @Override
    public void close() throws IOException {
        commands.close();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("it did not stop: " + Files.readString(log(scratch)));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        scratch.close();
    }
}
