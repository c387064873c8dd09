package dev.mayfly.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder that looks like a checkout to the real launcher: real scripts, but a Maven that only
 * notes that it was called and a JDK whose java prints what it was given.
 */
final class Checkout {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final String MAVEN =
            """
            #!/bin/sh
            : >began
            echo "$*" >>maven-calls
            [ ! -e break-the-build ] || { echo "[ERROR] it does not compile"; exit 1; }
            mkdir -p cli/target/mayfly/lib
            echo jar >cli/target/mayfly/mayfly.jar
            echo jar >cli/target/mayfly/lib/mayfly-gateway-1.jar
            cp -p began cli/target/mayfly/stamp
            """;

    private static final String JAVA =
            """
            #!/bin/sh
            for word in "$@"; do
              case $word in
              -XX:AOTCacheOutput=*)
                echo "$0" >>"$CHECKOUT/trainings"
                [ ! -e "$CHECKOUT/break-the-training" ] || exit 1
                echo cache >"${word#*=}"
                exit 0 ;;
              esac
            done
            printf '%s\\n' "$@"
            exit "${JAVA_EXIT:-0}"
            """;

    private final Path home;
    private final Map<String, String> environment = new HashMap<>();

    private Checkout(Path home) {
        this.home = home;
    }

    static Checkout in(Path folder) throws IOException {
        Checkout checkout = new Checkout(Files.createDirectories(folder));
        checkout.copy("mayfly");
        checkout.copy(".mvn/find-jdk.sh");
        checkout.script("mvnw", MAVEN);
        for (String module :
                List.of(
                        "manifests",
                        "instance-pool",
                        "trigger-http",
                        "trigger-kafka",
                        "kafka-embedded",
                        "gateway",
                        "registry",
                        "server",
                        "cli")) {
            checkout.write(module + "/pom.xml", "<project/>");
            checkout.write(module + "/src/main/java/A.java", "class A {}");
        }
        checkout.write("pom.xml", "<project/>");
        checkout.environment.put("PATH", "/usr/bin:/bin");
        checkout.environment.put("HOME", folder.toString());
        checkout.environment.put("CHECKOUT", folder.toString());
        checkout.useJdk("25.0.1");
        return checkout;
    }

    Path path(String name) {
        return home.resolve(name);
    }

    /** Makes {@code version} the JDK that is found. */
    void useJdk(String version) throws IOException {
        Path jdk = home.resolve("jdk-" + version);
        script("jdk-" + version + "/bin/java", JAVA);
        script("jdk-" + version + "/bin/javac", "#!/bin/sh\n");
        Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
        environment.put("JAVA_HOME", jdk.toString());
    }

    Checkout with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    void write(String name, String text) throws IOException {
        Path file = home.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    /** Makes {@code name} look as if it had been changed in a while, clocks being coarse. */
    void touch(String name) throws IOException {
        Files.setLastModifiedTime(home.resolve(name), FileTime.from(Instant.now().plusSeconds(5)));
    }

    /** {@return the lines of a file that the fakes write, none if they did not} */
    List<String> lines(String name) throws IOException {
        Path file = home.resolve(name);
        return Files.exists(file) ? Files.readAllLines(file) : List.of();
    }

    Typed mayfly(String... arguments) throws IOException, InterruptedException {
        return run(home, home.resolve("mayfly"), arguments);
    }

    Typed run(Path directory, Path launcher, String... arguments)
            throws IOException, InterruptedException {
        Process process = start(directory, launcher, arguments);
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Typed(process.waitFor(), out, err);
    }

    Process start(Path directory, Path launcher, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder process = new ProcessBuilder(command).directory(directory.toFile());
        process.environment().clear();
        process.environment().putAll(environment);
        return process.start();
    }

    private void copy(String name) throws IOException {
        script(name, Files.readString(REPOSITORY.resolve(name)));
    }

    private void script(String name, String text) throws IOException {
        write(name, text);
        Files.setPosixFilePermissions(
                home.resolve(name), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
