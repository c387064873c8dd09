package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessFinderTest {
    private static final Contexts CONTEXTS =
            Contexts.NONE
                    .with("live", new Context(ServerAddress.of("https://live.example"), "of-live"))
                    .with("test", new Context(ServerAddress.of("https://test.example"), "of-test"));

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter said = new StringWriter();

    @TempDir Path data;

    @BeforeEach
    void noServerOnThisMachine() {
        environment.put("MAYFLY_DATA_FOLDER", data.toString());
    }

    @Test
    void theCurrentContextIsMeantUnlessSomethingElseIsSaid() throws IOException {
        assertThat(find(null, null)).isEqualTo("https://test.example as of-test");
        assertThat(find(null, "live")).isEqualTo("https://live.example as of-live");
    }

    @Test
    void theEnvironmentBeatsTheCurrentContextAndAFlagBeatsTheEnvironment() throws IOException {
        environment.put("MAYFLY_CONTEXT", "live");
        assertThat(find(null, null)).isEqualTo("https://live.example as of-live");
        environment.put("MAYFLY_SERVER", "https://ci.example/");
        environment.put("MAYFLY_TOKEN", "of-ci");
        assertThat(find(null, null)).isEqualTo("https://ci.example as of-ci");
        assertThat(find(null, "test")).isEqualTo("https://test.example as of-test");
        assertThat(find("https://flag.example", null)).isEqualTo("https://flag.example as of-ci");
    }

    @Test
    void aKeptTokenGoesToItsOwnServerOnly() throws IOException {
        assertThat(find("https://live.example", null)).isEqualTo("https://live.example as of-live");
        assertThat(find("https://live.example:8443", null))
                .isEqualTo("https://live.example:8443 as nobody");
    }

    @Test
    void withoutAnyLoginTheServerOfThisMachineIsMeantAndThatIsSaid() throws IOException {
        assertThat(found(Contexts.NONE, null, null)).isEqualTo("http://127.0.0.1:3001 as nobody");
        Files.writeString(data.resolve("admin.token"), "of-this-machine\n");

        assertThat(found(Contexts.NONE, null, null))
                .isEqualTo("http://127.0.0.1:3001 as of-this-machine");
        assertThat(said.toString()).contains("admin.token").doesNotContain("of-this-machine");
    }

    @Test
    void theTokenOfThisMachineNeverLeavesIt() throws IOException {
        Files.writeString(data.resolve("admin.token"), "of-this-machine");

        assertThat(find("http://localhost:4000", null)).endsWith("as of-this-machine");
        assertThat(find("http://127.example", null)).endsWith("as nobody");
        assertThat(find("http://127.0.0.1.example", null)).endsWith("as nobody");
    }

    @Test
    void aServerOfThisMachineIsFoundWhereItWasToldToListen() throws IOException {
        environment.put("MAYFLY_ADMIN_LISTEN", "0.0.0.0:4001");
        assertThat(found(Contexts.NONE, null, null)).startsWith("http://127.0.0.1:4001 ");
        environment.put("MAYFLY_ADMIN_LISTEN", "4002");
        assertThat(found(Contexts.NONE, null, null)).startsWith("http://127.0.0.1:4002 ");
    }

    @Test
    void whatNeedsNoTokenIsAskedOfTheSameServerWithoutOne() throws IOException {
        Files.writeString(data.resolve("admin.token"), "of-this-machine");
        environment.put("MAYFLY_TOKEN", "of-ci");
        assertThat(bare(CONTEXTS, "http://localhost:4000", null))
                .isEqualTo("http://localhost:4000");
        assertThat(bare(CONTEXTS, null, "live")).isEqualTo("https://live.example");
        assertThat(bare(CONTEXTS, null, null)).isEqualTo("https://test.example");
        environment.put("MAYFLY_ADMIN_LISTEN", ":4001");
        assertThat(bare(Contexts.NONE, null, null)).isEqualTo("http://127.0.0.1:4001");
        environment.put("MAYFLY_CONTEXT", "live");
        assertThat(bare(CONTEXTS, null, null)).isEqualTo("https://live.example");
        environment.put("MAYFLY_SERVER", "https://ci.example");
        assertThat(bare(CONTEXTS, null, null)).isEqualTo("https://ci.example");
        assertThat(said.toString()).isEmpty();
    }

    @Test
    void aContextThatIsNotThereIsRefusedWithTheOnesThatAre() {
        assertThatThrownBy(() -> find(null, "liev"))
                .hasMessageContaining("\"liev\"")
                .hasMessageContaining("[live, test]");
    }

    @Test
    void whatIsNoTokenIsRefusedWithoutBeingShown() {
        environment.put("MAYFLY_TOKEN", "two words");
        assertThatThrownBy(() -> find(null, null))
                .isInstanceOf(IllegalArgumentException.class)
                .message()
                .doesNotContain("two words");
    }

    @Test
    void whatIsNoServerIsRefused() {
        for (String text : new String[] {"ftp://a", "http://", "http://a b", "http://u:p@a"}) {
            assertThatThrownBy(() -> ServerAddress.of(text))
                    .hasMessageContaining("expected: a URL");
        }
    }

    private String find(@Nullable String server, @Nullable String context) throws IOException {
        return found(CONTEXTS, server, context);
    }

    private String bare(Contexts contexts, @Nullable String server, @Nullable String context) {
        Access access = finder(contexts).withoutToken(server, context);
        assertThat(access.token()).isEmpty();
        return access.server().toString();
    }

    private String found(Contexts contexts, @Nullable String server, @Nullable String context)
            throws IOException {
        Access access = finder(contexts).find(server, context);
        return access.server() + " as " + access.token().orElse("nobody");
    }

    private AccessFinder finder(Contexts contexts) {
        PrintWriter err = new PrintWriter(said, true);
        return new AccessFinder(
                new Surroundings(err, err, environment, data, false, false, Piped.NOTHING),
                contexts,
                ClientTls.SYSTEM);
    }
}
