package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WrapperTest {
    private static final Path WRAPPER = Path.of("../mvnw").toAbsolutePath().normalize();

    @TempDir Path elsewhere;

    @Test
    void mavenRunsOnTheJdkThatWasFoundWhateverTheDefaultIs() throws Exception {
        ProcessBuilder maven =
                new ProcessBuilder(WRAPPER.toString(), "--version")
                        .directory(elsewhere.toFile())
                        .redirectErrorStream(true);
        maven.environment().put("JAVA_HOME", elsewhere.toString());
        maven.environment().put("MAYFLY_JDKS", System.getProperty("java.home") + "/..");
        Process process = maven.start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(told).isZero();
        assertThat(told).containsPattern("Java version: (2[5-9]|[3-9]\\d)");
    }
}
