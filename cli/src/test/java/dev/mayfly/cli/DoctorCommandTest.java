package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** On a machine whose programs are the scripts that a test puts there, and on this one. */
final class DoctorCommandTest {
    @TempDir Path temp;
    private Path programs;

    @BeforeEach
    void noProgramsYet() throws IOException {
        programs = Files.createDirectories(temp.resolve("bin"));
    }

    @Test
    void whatTheAppTakesAndIsMissingIsNamedWithTheCommandThatMendsIt() throws IOException {
        assertThat(Typed.in(temp, "new", "rust", "shop").exit()).isZero();
        Typed doctor = doctor("shop");

        assertThat(doctor.exit()).isEqualTo(1);
        assertThat(doctor.out())
                .containsPattern("missing +cargo +- +hello: build")
                .contains("missing for shop/app.toml:\n", "  cargo: not on the PATH\n    ");
    }

    @Test
    void whereNothingIsMissingItSaysSo() throws IOException {
        assertThat(Typed.in(temp, "new", "java", "shop").exit()).isZero();
        program("javac", "echo javac 21.0.2");
        Typed doctor = doctor("shop");

        assertThat(doctor.exit()).as(doctor.out()).isZero();
        assertThat(doctor.out())
                .containsPattern("ok +javac +21.0.2 +hello: pom.xml")
                .endsWith("nothing is missing for shop/app.toml\n");
    }

    @Test
    void anAppWithoutBuildsTakesNothing() throws IOException {
        assertThat(Typed.in(temp, "new", "static-site", "shop").exit()).isZero();

        assertThat(doctor("shop").exit()).isZero();
        assertThat(doctor("shop").out()).contains("shop/app.toml names no build");
    }

    @Test
    void withoutAnAppItTellsOfTheMachine() {
        Typed doctor = doctor();

        assertThat(doctor.exit()).isZero();
        assertThat(doctor.out()).contains("on this machine").doesNotContain("missing");
    }

    @Test
    void programsGetTheSameAsJson() throws IOException {
        assertThat(Typed.in(temp, "new", "c", "shop").exit()).isZero();
        Typed doctor = doctor("shop", "--output", "json");
        JsonNode facts = Wire.read(doctor.out().getBytes(StandardCharsets.UTF_8));

        assertThat(doctor.exit()).isEqualTo(1);
        assertThat(facts.path("ok").asBoolean()).isFalse();
        assertThat(facts.path("tools").findValuesAsText("tool"))
                .contains("clang", "C library for WASI");
        assertThat(facts.path("tools").get(0).path("mend").asText()).contains("clang");
    }

    @Test
    void onThisMachineWhatItSaysIsWhatItsExitCodeSays() throws IOException {
        assertThat(Typed.in(temp, "new", "c", "shop").exit()).isZero();
        Typed doctor = Typed.in(temp, System.getenv(), false, "doctor", "shop", "-o", "json");
        JsonNode facts = Wire.read(doctor.out().getBytes(StandardCharsets.UTF_8));

        assertThat(doctor.exit()).isEqualTo(facts.path("ok").asBoolean() ? 0 : 1);
        for (JsonNode tool : facts.path("tools")) {
            boolean isOk = tool.path("state").asText().equals("ok");
            assertThat(tool.path("mend").asText().isEmpty()).as("%s", tool).isEqualTo(isOk);
        }
    }

    @ParameterizedTest
    @MethodSource("badPrograms")
    void aProgramThatDoesNotAnswerIsReportedNotWaitedFor(String script, String words)
            throws IOException {
        program("node", script);
        ToolState state = probe(Duration.ofSeconds(2)).look(Tool.NODE);

        assertThat(state.kind()).isEqualTo(ToolState.Kind.BROKEN);
        assertThat(state.detail()).startsWith(programs.resolve("node").toString()).contains(words);
    }

    /** Its shell ends at once, and then it is nobody's child. */
    @Test
    void whatAProgramLeavesRunningIsEndedWithIt() throws IOException {
        Path pid = programs.resolve("pid");
        program("node", "(while :; do :; done) & echo $! > " + pid + "; echo v20.1.2");
        probe(Duration.ofSeconds(2)).look(Tool.NODE);

        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())))
                .matches(left -> left.isEmpty() || !left.get().isAlive());
    }

    static String[][] badPrograms() {
        return new String[][] {
            {"while :; do :; done", "gives no answer within 2 s"},
            {"read line; while :; do :; done", "gives no answer within 2 s"},
            {"while :; do echo yes; done", "prints without end"},
            {"echo hello", "prints no version: hello"},
            {"printf '\\033[J\\000'", "prints no version: ?[J?"},
            {":", "prints nothing"},
            {"echo v20.1.2; exit 3", "fails with exit code 3: v20.1.2"},
        };
    }

    @Test
    void aVersionThatIsColouredIsReadAllTheSame() throws IOException {
        program("mvn", "printf '\\033[1mApache Maven 3.9.11\\033[m'");

        assertThat(probe(Duration.ofSeconds(5)).look(Tool.MAVEN).version()).isEqualTo("3.9.11");
    }

    @Test
    void aFileThatIsNoProgramOfThisMachineIsReported() throws IOException {
        program("node", "");
        Files.writeString(programs.resolve("node"), "#!/nowhere/node\n");

        assertThat(probe(Duration.ofSeconds(2)).look(Tool.NODE).detail())
                .contains("cannot be started");
    }

    @Test
    void aVersionThatDoesNotDoIsTooOld() throws IOException {
        program("go", "echo go version go1.19.8 linux/amd64");
        ToolState old = probe(Duration.ofSeconds(5)).look(Tool.GO);
        assertThat(old.kind()).isEqualTo(ToolState.Kind.OLD);
        assertThat(old.detail()).contains("1.24 or newer");

        program("go", "echo go version go1.24.1 linux/amd64");
        assertThat(probe(Duration.ofSeconds(5)).look(Tool.GO).isOk()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "1.24,1.24,false",
        "1.9,1.24,true",
        "2,1.24,false",
        "1,1.24,true",
        "17.0.1,17,false",
        "99999999999999,17,false"
    })
    void versionsAreComparedNumberByNumber(String version, String oldest, boolean isOlder) {
        assertThat(ToolProbe.isOlder(version, oldest)).isEqualTo(isOlder);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux,ID=debian,DEBIAN",
        "Linux,'ID=pop\nID_LIKE=\"ubuntu debian\"',DEBIAN",
        "Linux,ID=fedora,FEDORA",
        "Linux,'ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"',FEDORA",
        "Linux,ID=alpine,ALPINE",
        "Mac OS X,'',MACOS",
        "Linux,ID=nixos,OTHER",
        "FreeBSD,'',OTHER"
    })
    void theSystemIsKnownByWhatItSaysOfItself(String name, String release, HostSystem system) {
        assertThat(HostSystem.of(name, release)).isEqualTo(system);
    }

    @Test
    void eachToolHasACommandThatMendsItOnEachSystem() {
        for (HostSystem system : HostSystem.values()) {
            Remedy remedy = new Remedy(system, false, "", "");
            for (Tool tool : Tool.values()) {
                assertThat(remedy.of(ToolState.missing(tool, ""))).as(tool.shown()).isNotBlank();
            }
        }
        ToolState rust = ToolState.missing(Tool.RUST_WASI, "");
        ToolState c = ToolState.missing(Tool.WASI_LIBC, "");
        assertThat(new Remedy(HostSystem.DEBIAN, true, "", "1.95.0").of(rust))
                .isEqualTo("rustup target add wasm32-wasip1");
        assertThat(new Remedy(HostSystem.DEBIAN, true, "", "1.63.0").of(rust))
                .isEqualTo("rustup target add wasm32-wasi");
        assertThat(new Remedy(HostSystem.DEBIAN, false, "19.1.7", "").of(c))
                .endsWith("apt-get install lld wasi-libc libclang-rt-19-dev-wasm32");
        assertThat(new Remedy(HostSystem.ALPINE, false, "", "").of(c)).contains("apk add ");
        assertThat(new Remedy(HostSystem.FEDORA, false, "", "").of(ToolState.missing(Tool.NPM, "")))
                .contains("dnf install nodejs npm");
        assertThat(new Remedy(HostSystem.MACOS, false, "", "").of(ToolState.missing(Tool.GO, "")))
                .startsWith("brew install go");
    }

    @Test
    void whatIsNoAppIsRefused() throws IOException {
        assertThat(doctor("nowhere").exit()).isEqualTo(2);
        assertThat(doctor("nowhere").err()).contains("nowhere: no such file or folder");
        Files.writeString(temp.resolve("app.toml"), "name = 1");
        assertThat(doctor().exit()).isEqualTo(3);
        assertThat(doctor().err()).contains("app.toml:", "mayfly validate");
    }

    private Typed doctor(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "doctor";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Typed.in(temp, Map.of("PATH", programs.toString()), false, all);
    }

    private ToolProbe probe(Duration patience) {
        return new ToolProbe(temp, Map.of("PATH", programs.toString()), patience);
    }

    private void program(String name, String script) throws IOException {
        Path file = Objects.requireNonNull(programs).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
