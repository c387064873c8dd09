package dev.mayfly.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How many cases {@code mayfly test} runs in a second, its start left out: the time of a thousand
 * less that of a few, of the template in C. Each time is that of a whole process, as a person or a
 * CI system waits for it.
 */
final class TestRunnerScenario implements Scenario {
    private static final String TEMPLATE = "sdk-templates/c";
    private static final int CASES = 1_000;

    /** One of each page of the template; what is expected is of every kind. */
    private static final List<String> KINDS =
            List.of(
                    "request = \"GET /\"\nexpect.body_matches = \"(?m)^hello from C$\"",
                    "request = \"GET /agent?a=1\"\nheaders = { user-agent = \"bench\" }\n"
                            + "expect.status = 200\nexpect.body_matches = \"bench\"",
                    "request = \"POST /echo\"\nbody = \"a text\"\n"
                            + "expect.json = { bytes = 6, body = \"a text\" }",
                    "request = \"GET /cookies\"\nexpect.headers = { set-cookie = [\"/flavour=.*/\", \"/size=.*/\"] }",
                    "request = \"GET /teapot\"\nexpect.status = 418\nexpect.exit_code = 0",
                    "request = \"GET /fail\"\nexpect.status = 502\nexpect.exit_code = 1",
                    "request = \"GET /nowhere\"\nexpect.status = 404\nexpect.log = [\"/nowhere\"]",
                    "request = \"GET /?name=x\"\nexpect.headers = { content-type = \"/text/plain.*/\" }");

    @Override
    public String name() {
        return "testrunner";
    }

    @Override
    public String summary() {
        return "cases of `mayfly test " + TEMPLATE + "` per second, without its start";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        checkout.build();
        List<Double> few = new ArrayList<>();
        List<Double> many = new ArrayList<>();
        try (Scratch scratch = Scratch.make()) {
            Path small = app(checkout, scratch.folder().resolve("small"), KINDS.size());
            Path large = app(checkout, scratch.folder().resolve("large"), CASES);
            seconds(checkout, scratch, small); // compiles the guest
            for (int i = 0; i < effort.starts(); i++) {
                few.add(seconds(checkout, scratch, small));
                many.add(seconds(checkout, scratch, large));
            }
        }
        double start = row(figures, KINDS.size() + " cases", few);
        double all = row(figures, CASES + " cases", many);
        figures.value("cases_per_s", (CASES - KINDS.size()) / (all - start), 0);
        figures.value("start_ms", start * 1e3, 0);
    }

    private static double row(Figures figures, String label, List<Double> seconds) {
        double median = Medians.of(seconds.stream().mapToDouble(Double::doubleValue));
        List<String> each = seconds.stream().map(time -> Figures.rounded(time * 1e3, 0)).toList();
        figures.row(
                label, Figures.rounded(median * 1e3, 0) + " ms (" + String.join(" ", each) + ")");
        return median;
    }

    private static Path app(Checkout checkout, Path folder, int cases) throws IOException {
        Path template = checkout.root().resolve(TEMPLATE);
        Files.createDirectories(folder.resolve("tests"));
        for (String file : List.of("app.toml", "hello.wasm")) {
            Files.copy(template.resolve(file), folder.resolve(file));
        }
        StringBuilder toml = new StringBuilder();
        for (int i = 0; i < cases; i++) {
            toml.append("[[case]]\nname = \"case ").append(i).append("\"\n");
            toml.append(KINDS.get(i % KINDS.size())).append("\n\n");
        }
        Files.writeString(folder.resolve("tests/all.toml"), toml);
        return folder;
    }

    /**
     * Of a whole run.
     *
     * @throws IllegalStateException when a case failed: such a figure is worth nothing
     */
    private static double seconds(Checkout checkout, Scratch scratch, Path app)
            throws IOException, InterruptedException {
        ProcessBuilder test =
                new ProcessBuilder(checkout.launcher().toString(), "test", app.toString())
                        .redirectErrorStream(true);
        Map<String, String> environment = test.environment();
        environment.keySet().removeIf(name -> name.startsWith("MAYFLY_"));
        environment.put("XDG_CACHE_HOME", scratch.folder().resolve("cache").toString());
        long begun = System.nanoTime();
        Process process = test.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        int exit = process.waitFor();
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (exit != 0) {
            throw new IllegalStateException("mayfly test ended with " + exit + ": " + said);
        }
        return seconds;
    }
}
