package dev.mayfly.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How long a developer waits between saving a source and seeing its answer, less what the compiler
 * itself took: the template's build script notes when it begins and when it has ended.
 */
final class WatchScenario implements Scenario {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** So many milliseconds after a save the next one comes: nobody saves faster. */
    private static final int PAUSE = 500;

    @Override
    public String name() {
        return "watch";
    }

    @Override
    public String summary() {
        return "milliseconds from a save to its answer under `mayfly watch`, the compiler's own left out";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        checkout.build();
        for (Template template :
                List.of(
                        new Template("c", "src/hello.c", "from C"),
                        new Template("rust", "src/main.rs", "from Rust"))) {
            measure(checkout, template, effort.count(20, 2), figures);
        }
    }

    /**
     * A template.
     *
     * @param name of its folder
     * @param source what is saved
     * @param words of it that the answer has, too
     */
    private record Template(String name, String source, String words) {}

    /**
     * A save.
     *
     * @param all milliseconds to the first answer with what was saved
     * @param compiler of them, from the start to the end of the build script
     */
    private record Save(double all, double compiler) {
        double beyond() {
            return all - compiler;
        }
    }

    private static void measure(Checkout checkout, Template template, int saves, Figures figures)
            throws IOException, InterruptedException {
        List<Save> taken = new ArrayList<>();
        try (Scratch scratch = Scratch.make();
                Scratch cache = Scratch.make();
                HttpClient client = HttpClient.newHttpClient()) {
            Path app = scratch.folder().resolve("app");
            copy(checkout.root().resolve("sdk-templates").resolve(template.name()), app);
            timed(app.resolve("app.toml"));
            int port = Server.freePort();
            List<String> command =
                    List.of(
                            checkout.launcher().toString(),
                            "watch",
                            app.toString(),
                            "--listen",
                            "127.0.0.1:" + port);
            Map<String, String> environment = Map.of("XDG_CACHE_HOME", cache.folder().toString());
            try (Server server = Server.start(command, environment, port, "/")) {
                String text = Files.readString(app.resolve(template.source()));
                for (int i = 0; i < saves; i++) {
                    TimeUnit.MILLISECONDS.sleep(PAUSE);
                    String words = template.words() + i + ".";
                    taken.add(save(app, template, text, words, client, server.at("/")));
                }
            }
        }
        report(template, taken, figures);
    }

    private static Save save(
            Path app, Template template, String text, String words, HttpClient client, URI at)
            throws IOException, InterruptedException {
        String changed = text.replace(template.words() + "\\n", words + "\\n");
        changed = changed.replace(template.words() + "\"", words + "\"");
        long begin = System.nanoTime();
        Files.writeString(app.resolve(template.source()), changed);
        HttpRequest request = HttpRequest.newBuilder(at).build();
        while (!client.send(request, BodyHandlers.ofString()).body().contains(words)) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException(template.name() + ": what was saved is not served");
            }
            TimeUnit.MILLISECONDS.sleep(2);
        }
        double all = (System.nanoTime() - begin) / 1e6;
        return new Save(all, (nanos(app, "ended") - nanos(app, "began")) / 1e6);
    }

    private static long nanos(Path app, String file) throws IOException {
        return Long.parseLong(Files.readString(app.resolve(file)).strip());
    }

    private static void timed(Path manifest) throws IOException {
        String command = "command = \"./build\"";
        String timed = "command = \"date +%s%N > began; ./build && date +%s%N > ended\"";
        String text = Files.readString(manifest);
        if (!text.contains(command)) {
            throw new IOException(manifest + ": no " + command);
        }
        Files.writeString(manifest, text.replace(command, timed));
    }

    private static void report(Template template, List<Save> saves, Figures figures) {
        double median = Medians.of(saves.stream().mapToDouble(Save::beyond));
        double compiler = Medians.of(saves.stream().mapToDouble(Save::compiler));
        double worst = saves.stream().mapToDouble(Save::beyond).max().orElseThrow();
        figures.row(
                template.name() + ", beyond the compiler",
                Figures.rounded(median, 0)
                        + " ms, the first save "
                        + Figures.rounded(saves.getFirst().beyond(), 0)
                        + ", the worst "
                        + Figures.rounded(worst, 0));
        figures.row(template.name() + ", the compiler", Figures.rounded(compiler, 0) + " ms");
        figures.value("beyond_compiler_ms_" + template.name(), median, 0);
        figures.value("first_ms_" + template.name(), saves.getFirst().beyond(), 0);
        figures.value("worst_ms_" + template.name(), worst, 0);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            List<Path> paths =
                    all.filter(path -> !path.startsWith(from.resolve("target"))).toList();
            for (Path path : paths) {
                Files.copy(
                        path,
                        to.resolve(from.relativize(path)),
                        StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
