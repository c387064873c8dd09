package dev.mayfly.house;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What {@code .ci/find-secret} says.
 *
 * @param exit its exit code
 * @param places where it found the secret
 */
record FoundSecrets(int exit, List<String> places) {
    /** As the script lists them. */
    static final List<String> PLACES = places(Repository.text(".ci/find-secret"));

    private static List<String> places(String script) {
        String line =
                script.lines().filter(each -> each.startsWith("PLACES=")).findFirst().orElseThrow();
        return List.of(line.substring("PLACES=\"".length(), line.length() - 1).split(" "));
    }

    static FoundSecrets in(Path folder, String secret) throws IOException, InterruptedException {
        Process script =
                new ProcessBuilder(".ci/find-secret", folder.toString())
                        .directory(Repository.ROOT.toFile())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (var in = script.getOutputStream()) {
            in.write(secret.getBytes(StandardCharsets.UTF_8));
        }
        List<String> files =
                new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(file -> folder.relativize(Path.of(file)).getName(0).toString())
                        .distinct()
                        .toList();
        return new FoundSecrets(script.waitFor(), files);
    }
}
