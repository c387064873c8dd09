package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search for a JDK that mvnw, mayfly and .ci/run share, among JDKs that are only folders. */
final class FindJdkTest {
    private static final Path SCRIPT = Path.of("../.mvn/find-jdk.sh").toAbsolutePath().normalize();

    private final Map<String, String> environment = new HashMap<>();

    @TempDir Path machine;

    @BeforeEach
    void aMachineWithoutAnyJdk() {
        environment.put("PATH", "/usr/bin:/bin");
        environment.put("HOME", machine.resolve("home").toString());
        environment.put("MAYFLY_JDKS", machine.resolve("jvm").toString());
    }

    @Test
    void javaHomeWinsWhenItIsNewEnough() throws Exception {
        environment.put("JAVA_HOME", jdk("mine", "25.0.1").toString());
        jdk("jvm/temurin", "25");

        assertThat(found()).isEqualTo(machine.resolve("mine"));
    }

    @Test
    void anOldJavaHomeIsPassedOverForOneThatServes() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "17.0.9").toString());
        jdk("jvm/java-17", "17");
        Path serving = jdk("jvm/java-26", "26-ea");

        assertThat(found()).isEqualTo(serving);
    }

    @Test
    void theJavacOnThePathIsFollowedThroughItsLinks() throws Exception {
        Path jdk = jdk("opt/jdk", "25.0.2");
        Path bin = Files.createDirectories(machine.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("javac"), jdk.resolve("bin/javac"));
        environment.put("PATH", bin + ":/usr/bin:/bin");

        assertThat(found()).isEqualTo(jdk.toRealPath());
    }

    @Test
    void sdkmansJdksAreFound() throws Exception {
        assertThat(jdk("home/.sdkman/candidates/java/25-tem", "25")).isEqualTo(found());
    }

    @Test
    void foldersWithBlanksAreFoundToo() throws Exception {
        environment.put("MAYFLY_JDKS", machine.resolve("my jdks").toString());

        assertThat(jdk("my jdks/jdk 25", "25")).isEqualTo(found());
    }

    @Test
    void aJdkWithoutAReleaseFileIsAskedForItsVersion() throws Exception {
        Path jdk = jdk("jvm/plain", "25");
        Files.delete(jdk.resolve("release"));
        Files.writeString(
                jdk.resolve("bin/java"), "#!/bin/sh\necho 'openjdk version \"25.0.1\"' >&2\n");

        assertThat(found()).isEqualTo(jdk);
    }

    @Test
    void aRuntimeWithoutACompilerDoesNotCount() throws Exception {
        Files.delete(jdk("jvm/jre", "25").resolve("bin/javac"));

        assertThat(run().exit()).isEqualTo(1);
    }

    @Test
    void withoutAnyTheSearchSaysWhereItLookedAndWhatToInstall() throws Exception {
        environment.put("JAVA_HOME", jdk("old", "21").toString());
        Typed run = run();

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("no JDK of version 25 or newer", "JAVA_HOME (" + machine.resolve("old"))
                .contains("openjdk-25-jdk", "sdk install java", "brew install");
    }

    private Path found() throws Exception {
        Typed run = run();
        assertThat(run.err()).isEmpty();
        return Path.of(run.out().strip());
    }

    private Typed run() throws Exception {
        ProcessBuilder shell =
                new ProcessBuilder("sh", "-uc", ". '" + SCRIPT + "'; echo \"$JAVA_HOME\"");
        shell.environment().clear();
        shell.environment().putAll(environment);
        Process process = shell.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Typed(process.waitFor(), out, err);
    }

    private Path jdk(String name, String version) throws IOException {
        Path jdk = machine.resolve(name);
        Files.createDirectories(jdk.resolve("bin"));
        for (String tool : new String[] {"bin/java", "bin/javac"}) {
            Files.writeString(jdk.resolve(tool), "#!/bin/sh\nexit 1\n");
            assertThat(jdk.resolve(tool).toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(
                jdk.resolve("release"),
                "IMPLEMENTOR=\"nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return jdk;
    }
}
