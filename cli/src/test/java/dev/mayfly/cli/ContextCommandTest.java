package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContextCommandTest {
    @TempDir Path home;

    @Test
    void contextsComeBackAsTheyWereKept() throws IOException {
        Context odd = new Context(ServerAddress.of("https://a.example/mayfly"), "to\"ken");
        keep("live.eu-1", odd);
        keep("local", new Context(ServerAddress.LOCAL, "t2"));

        Contexts read = file().read();

        assertThat(read.current()).contains("local");
        assertThat(read.find("live.eu-1")).contains(odd);
    }

    @Test
    void nobodyElseCanReadTheTokens() throws IOException {
        keep("local", new Context(ServerAddress.LOCAL, "t"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().path())))
                .isEqualTo("rw-------");
        Path folder = file().path().getParent();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    void aFileThatOthersCanReadIsWarnedOf() throws IOException {
        keep("local", new Context(ServerAddress.LOCAL, "t"));
        Files.setPosixFilePermissions(file().path(), PosixFilePermissions.fromString("rw-r--r--"));

        Typed list = mayfly("context", "list");

        assertThat(list.err()).contains("others can read", "chmod 600");
    }

    @Test
    void theListTellsWhichOneIsMeantAndNoToken() throws IOException {
        keep("one", new Context(ServerAddress.of("a.example:1"), "hidden1"));
        keep("two", new Context(ServerAddress.of("b.example:1"), "hidden2"));

        Typed list = mayfly("context", "list");
        Typed json = mayfly("context", "list", "--output", "json");

        assertThat(list.out()).containsPattern("\\* +two +http://b\\.example:1\n");
        assertThat(json.out()).contains("\"name\": \"one\"", "\"current\": false");
        assertThat(list.out() + json.out()).doesNotContain("hidden");
    }

    @Test
    void anotherOneIsUsedAndOneIsForgotten() throws IOException {
        keep("one", new Context(ServerAddress.of("a.example:1"), "t1"));
        keep("two", new Context(ServerAddress.of("b.example:1"), "t2"));

        assertThat(mayfly("context", "use", "one").exit()).isZero();
        assertThat(file().read().current()).contains("one");
        assertThat(mayfly("context", "remove", "one").exit()).isZero();
        assertThat(file().read().current()).isEmpty();
        assertThat(file().read().byName()).containsOnlyKeys("two");
    }

    @Test
    void oneThatIsNotThereIsWrongUsageAndTheOthersAreNamed() throws IOException {
        keep("one", new Context(ServerAddress.LOCAL, "t1"));

        Typed use = mayfly("context", "use", "eno");

        assertThat(use.exit()).isEqualTo(2);
        assertThat(use.err()).contains("\"eno\" is not there", "[one]");
    }

    @Test
    void aFileThatIsNotToBeReadNamesItselfAndTheMend() throws IOException {
        keep("one", new Context(ServerAddress.LOCAL, "t1"));
        Files.writeString(file().path(), "current = \n");

        Typed list = mayfly("context", "list");

        assertThat(list.exit()).isEqualTo(1);
        assertThat(list.err()).contains("config.toml", "remove it and log in");
    }

    private void keep(String name, Context context) throws IOException {
        file().change(contexts -> contexts.with(name, context));
    }

    private ContextFile file() {
        PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
        return new ContextFile(
                new Surroundings(
                        nowhere, nowhere, environment(), home, false, false, Piped.NOTHING));
    }

    private Map<String, String> environment() {
        return Map.of("XDG_CONFIG_HOME", home.toString());
    }

    private Typed mayfly(String... arguments) {
        return Typed.in(home, environment(), false, arguments);
    }
}
