package dev.mayfly.kafka;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.pool.FunctionId;
import dev.mayfly.pool.GuestRuntime;
import dev.mayfly.pool.RuntimeSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A process of its own that runs an app's records, as a gateway does, to be killed. */
final class Member implements AutoCloseable {
    private static final String READY = "ready";

    private final Process process;

    private Member(Process process) {
        this.process = process;
    }

    /**
     * Starts one; blocks until it has subscribed.
     *
     * @param cache what it compiles, for the next one
     */
    static Member start(Path cache, String address, String app, String trigger, String function)
            throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder =
                new ProcessBuilder(
                        java.toString(),
                        "-Xmx400m",
                        "-XX:-DontCompileHugeMethods",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Member.class.getName(),
                        cache.toString(),
                        address,
                        app,
                        trigger,
                        function);
        builder.redirectError(ProcessBuilder.Redirect.INHERIT);
        Member member = new Member(builder.start());
        var lines =
                new BufferedReader(
                        new InputStreamReader(
                                member.process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null && !line.equals(READY)) {
            line = lines.readLine();
        }
        if (line == null) {
            throw new IOException("the member ended before it was ready");
        }
        return member;
    }

    /** As {@code kill -9}: whatever it is about is broken off. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    /** Runs until its standard input ends, with whoever started it. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createTempDirectory("mayfly-member");
        GuestRuntime runtime =
                GuestRuntime.start(RuntimeSettings.defaults(Path.of(args[0])), (_, _) -> {});
        Manifest manifest = Stage.manifest(args[2], args[3], args[4]);
        var function = Stage.load(runtime, folder, new FunctionId(args[2], 1, "f"), manifest);
        KafkaEvents events =
                KafkaEvents.open(
                        Stage.settings(args[1], Duration.ofSeconds(10)),
                        new KeptLog(),
                        runtime::wake);
        events.serve(List.of(new EventApp(args[2], 1, manifest, Map.of("f", function))));
        System.out.println(READY);
        if (System.in.read() < 0) {
            System.exit(0);
        }
    }
}
