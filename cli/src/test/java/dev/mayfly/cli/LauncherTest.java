package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LauncherTest {
    private static final String BUILD = "-q -B -Pquick -pl cli -am package";

    @TempDir Path folder;
    private Checkout checkout;

    @BeforeEach
    void aFreshCheckout() throws IOException {
        checkout = Checkout.in(folder.resolve("a checkout"));
    }

    @Test
    void aFreshCheckoutIsBuiltOnceAndNeverAgain() throws Exception {
        Typed first = checkout.mayfly("version");
        checkout.mayfly("version");

        assertThat(first.exit()).isZero();
        assertThat(first.err()).isEmpty();
        assertThat(checkout.lines("maven-calls")).containsExactly(BUILD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway/src/main/java/A.java", "kafka-embedded/pom.xml", "pom.xml"})
    void whatIsNewerThanTheBuildIsBuiltAgain(String changed) throws Exception {
        checkout.mayfly();
        checkout.touch(changed);
        checkout.mayfly();

        assertThat(checkout.lines("maven-calls")).containsExactly(BUILD, BUILD);
    }

    @Test
    void aDeletedSourceIsNoticedByItsFolder() throws Exception {
        checkout.mayfly();
        Files.delete(checkout.path("cli/src/main/java/A.java"));
        checkout.touch("cli/src/main/java");
        checkout.mayfly();

        assertThat(checkout.lines("maven-calls")).hasSize(2);
    }

    @Test
    void whatTheCommandDoesNotNeedIsNotWaitedFor() throws Exception {
        checkout.mayfly();
        checkout.write("load-tests/src/main/java/B.java", "class B {}");
        checkout.touch("load-tests/src/main/java/B.java");
        checkout.mayfly();

        assertThat(checkout.lines("maven-calls")).hasSize(1);
    }

    @Test
    void aBrokenBuildIsShownAndTriedAgainNextTime() throws Exception {
        checkout.write("break-the-build", "");
        Typed broken = checkout.mayfly("up");
        Files.delete(checkout.path("break-the-build"));
        Typed mended = checkout.mayfly("up");

        assertThat(broken.exit()).isEqualTo(1);
        assertThat(broken.out()).isEmpty();
        assertThat(broken.err()).contains("it does not compile", "the build failed", "build.log");
        assertThat(mended.exit()).isZero();
    }

    @Test
    void argumentsReachTheProgramAsTyped() throws Exception {
        Typed run = checkout.mayfly("up", "my app", "--variable", "a=b  c", "*", "$HOME", "");

        assertThat(run.out()).endsWith("\nup\nmy app\n--variable\na=b  c\n*\n$HOME\n\n");
    }

    @Test
    void theExitCodeIsTheProgramsOwn() throws Exception {
        assertThat(checkout.with("JAVA_EXIT", "3").mayfly("validate").exit()).isEqualTo(3);
    }

    @Test
    void itStartsFromAnyFolderAndThroughLinks() throws Exception {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("first"), Path.of("../a checkout/mayfly"));
        Files.createSymbolicLink(bin.resolve("second"), bin.resolve("first"));

        assertThat(checkout.run(bin, bin.resolve("second"), "version").out())
                .contains("-jar\n" + checkout.path("cli/target/mayfly/mayfly.jar") + "\nversion\n");
    }

    @Test
    void guestsRunFastAndTheUsersOptionsComeLast() throws Exception {
        List<String> words =
                checkout.with("MAYFLY_JAVA_OPTS", "-Xmx1g -Dx=y").mayfly().out().lines().toList();

        assertThat(words)
                .contains("-XX:-DontCompileHugeMethods", "-XX:-ClipInlining")
                .containsSubsequence("-XX:+UseParallelGC", "-Xmx1g", "-Dx=y", "-jar");
    }

    @Test
    void aRunOfTestsIsNotCompiledTwice() throws Exception {
        List<String> words =
                checkout.run(folder, checkout.path("mayfly"), "test").out().lines().toList();

        assertThat(words).containsSubsequence("-XX:TieredStopAtLevel=1", "-jar", "test");
        assertThat(checkout.mayfly().out()).doesNotContain("TieredStopAtLevel");
    }

    @Test
    void aCollectorOfTheUsersReplacesOurs() throws Exception {
        assertThat(checkout.with("MAYFLY_JAVA_OPTS", "-Xmx1g -XX:+UseZGC").mayfly().out())
                .contains("-XX:+UseZGC")
                .doesNotContain("UseParallelGC");
    }

    @Test
    void twoFirstStartsAtOnceBuildOnce() throws Exception {
        Process one = checkout.start(folder, checkout.path("mayfly"), "version");
        Process other = checkout.start(folder, checkout.path("mayfly"), "version");

        assertThat(one.waitFor()).isZero();
        assertThat(other.waitFor()).isZero();
        assertThat(checkout.lines("maven-calls")).hasSize(1);
        assertThat(checkout.lines("trainings")).hasSize(1);
    }

    @Test
    void theLockOfABuildThatDiedIsTakenOver() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path target = Files.createDirectories(checkout.path("cli/target"));
        Files.createSymbolicLink(target.resolve(".building"), Path.of("" + gone.pid()));

        assertThat(checkout.mayfly().exit()).isZero();
        assertThat(target.resolve(".building")).doesNotExist();
    }

    @Test
    void theBuildTrainsACacheThatEveryStartUses() throws Exception {
        String first = checkout.mayfly().out();
        String second = checkout.mayfly().out();

        assertThat(first).isEqualTo(second).contains("-XX:AOTCache=", "-XX:AOTMode=auto");
        assertThat(checkout.lines("trainings")).hasSize(1);
    }

    @Test
    void aNewerJarIsTrainedFor() throws Exception {
        checkout.mayfly();
        checkout.touch("cli/target/mayfly/lib/mayfly-gateway-1.jar");
        checkout.mayfly();

        assertThat(checkout.lines("trainings")).hasSize(2);
    }

    @Test
    void eachJdkHasACacheOfItsOwn() throws Exception {
        checkout.mayfly();
        checkout.useJdk("26");
        checkout.mayfly();
        checkout.useJdk("25.0.1");
        checkout.mayfly();

        assertThat(checkout.lines("trainings")).hasSize(2);
        assertThat(checkout.lines("maven-calls")).hasSize(1);
    }

    @Test
    void aJdkThatCannotTrainStartsWithoutAndIsNotAskedAgain() throws Exception {
        checkout.write("break-the-training", "");
        Typed first = checkout.mayfly();
        checkout.mayfly();

        assertThat(first.exit()).isZero();
        assertThat(first.err()).isEmpty();
        assertThat(first.out()).doesNotContain("AOTCache");
        assertThat(checkout.lines("trainings")).hasSize(1);
    }

    @Test
    void theCacheCanBeTurnedOff() throws Exception {
        assertThat(checkout.with("MAYFLY_AOT", "off").mayfly().out()).doesNotContain("AOTCache");
        assertThat(checkout.lines("trainings")).isEmpty();
    }
}
