package dev.mayfly.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of docs/backup.md, run as they stand there. */
final class BackupPage {
    private static final Path PAGE = Path.of("../docs/backup.md");

    private BackupPage() {}

    static void run(String block, Map<String, String> environment) throws Exception {
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-euc", commands(block)).redirectErrorStream(true);
        shell.environment().putAll(environment);
        Process process = shell.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", block, said).isZero();
    }

    private static String commands(String block) throws IOException {
        Matcher found =
                Pattern.compile("(?s)<!-- tried: " + block + " -->\n```sh\n(.*?)```")
                        .matcher(Files.readString(PAGE));
        assertThat(found.find()).as("a block %s in %s", block, PAGE).isTrue();
        return found.group(1);
    }
}
