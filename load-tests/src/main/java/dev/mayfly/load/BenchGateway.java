package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mayfly.gateway.AppSource;
import dev.mayfly.gateway.Binding;
import dev.mayfly.gateway.DeployResult;
import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A gateway that a scenario talks to: it serves, and obeys the lines it reads until their end.
 *
 * <pre>
 *   deploy FILE   all apps of the file, manifests parted by lines "---", beside their modules
 *   vitals        figures of this process as they are
 *   collect       the same after a full garbage collection
 *   threads       live threads, counted by name
 *   loaders       live class loaders of guests
 *   spin N        N plain threads that compute for ever; 0 ends them
 * </pre>
 *
 * <p>Each line is answered by one, {@value #OK} and figures or {@value #FAILED} and why. What
 * guests log goes to standard output too, so answers are marked.
 */
public final class BenchGateway {
    private static final Pattern PART = Pattern.compile("(?m)^---\n");

    static final String OK = "bench ok ";
    static final String FAILED = "bench failed ";

    private final Gateway gateway;
    private final SelfReport self = new SelfReport();
    private final Spinning spinning = new Spinning();

    private BenchGateway(Gateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Serves on a free port until standard input ends.
     *
     * @param args none; settings come from the environment, as everywhere
     * @throws IOException when standard input breaks
     */
    public static void main(String[] args) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        PrintStream out = new PrintStream(System.out, true, UTF_8);
        try (Gateway gateway = Gateway.open(settings())) {
            BenchGateway bench = new BenchGateway(gateway);
            out.println(OK + "port=" + bench.port());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                out.println(bench.answer(line));
            }
            bench.spinning.keep(0);
        }
    }

    private static ServerSettings settings() {
        return valid(
                ServerSettings.read(
                        Optional.empty(), System.getenv(), Map.of("listen", "127.0.0.1:0")));
    }

    private int port() {
        return switch (gateway.listen()) {
            case Binding.Bound(ServerSettings.Address address) -> address.port();
            case Binding.Unavailable(_, String reason) -> throw new IllegalStateException(reason);
        };
    }

    private String answer(String line) {
        try {
            return OK + obey(line).line();
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            return FAILED + e.toString().replace('\n', ' ');
        }
    }

    private Vitals obey(String line) throws IOException {
        int blank = line.indexOf(' ');
        String rest = line.substring(blank + 1);
        return switch (blank < 0 ? line : line.substring(0, blank)) {
            case "deploy" -> deploy(Path.of(rest));
            case "vitals" -> self.vitals(gateway);
            case "collect" -> self.collected(gateway);
            case "threads" -> self.threads();
            case "loaders" -> new Vitals(Map.of("loaders", self.guestLoaders()));
            case "spin" -> spinning.keep(Integer.parseInt(rest));
            default -> throw new IllegalArgumentException("command: " + line);
        };
    }

    private Vitals deploy(Path file) throws IOException {
        Path folder = file.toAbsolutePath().resolveSibling("");
        List<AppSource> apps =
                PART.splitAsStream(Files.readString(file))
                        .map(manifest -> new AppSource(folder, read(manifest)))
                        .toList();
        return switch (gateway.deploy(apps)) {
            case DeployResult.Deployed done ->
                    new Vitals(Map.of("routes", (long) done.routes().size()));
            case DeployResult.Refused(var problems) ->
                    throw new IllegalStateException(
                            problems.subList(0, Math.min(5, problems.size())).toString());
        };
    }

    private static Manifest read(String toml) {
        return valid(Manifests.resolve(valid(Manifests.parse(toml)), Map.of()));
    }

    private static <T> T valid(Parsed<T> parsed) {
        return switch (parsed) {
            case Parsed.Valid<T>(T value) -> value;
            case Parsed.Invalid<T>(var problems) ->
                    throw new IllegalArgumentException(problems.toString());
        };
    }
}
