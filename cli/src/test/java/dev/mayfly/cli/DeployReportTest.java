package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeployReportTest {
    private static final String DEPLOYED =
            """
            {"app": "shop", "revision": 4, "outcome": "deployed",
             "changes": [{"kind": "changed", "what": "hello.wasm"}, {"kind": "added", "what": "/new"}],
             "urls": ["http://127.0.0.1:3000/hello"],
             "steps": [{"name": "stage", "ms": 5}, {"name": "load", "ms": 95}],
             "gateways": [{"name": "a", "applied": 9}, {"name": "b", "applied": 8}]}
            """;

    @Test
    void aDeployTellsWhatChangedHowLongItTookAndWhereItAnswers() throws IOException {
        assertThat(report(false).text(json(DEPLOYED)))
                .isEqualTo(
                        """
                        deployed shop, revision 4, in 100 ms (stage 5, load 95)
                          changed hello.wasm
                          added /new
                          http://127.0.0.1:3000/hello
                        """);
    }

    @Test
    void onlyWhoWaitedIsToldOfGatewaysThatAreBehind() throws IOException {
        assertThat(report(false).isEverywhere(json(DEPLOYED))).isTrue();
        assertThat(report(true).isEverywhere(json(DEPLOYED))).isFalse();
        assertThat(report(true).text(json(DEPLOYED))).contains("gateway b does not serve it yet");
    }

    @Test
    void aPlanSaysThatNothingIsChangedYet() throws IOException {
        String plan = DEPLOYED.replace("\"deployed\"", "\"planned\"");

        assertThat(report(false).text(json(plan)))
                .startsWith("a deploy of shop would change (nothing is changed yet):")
                .contains("  changed hello.wasm\n")
                .doesNotContain("http://");
    }

    @Test
    void anUnchangedAppSaysSo() throws IOException {
        String unchanged = DEPLOYED.replace("\"deployed\"", "\"unchanged\"");

        assertThat(report(false).text(json(unchanged))).startsWith("shop is unchanged, revision 4");
    }

    @Test
    void whatAServerSaysDoesNotMoveTheCursor() throws IOException {
        String hostile = DEPLOYED.replace("hello.wasm", "\\u001b[2J\\rx");

        assertThat(report(false).text(json(hostile))).contains("changed ?[2J?x");
    }

    private static DeployReport report(boolean waited) {
        PrintWriter nowhere = new PrintWriter(PrintWriter.nullWriter());
        Surroundings plain =
                new Surroundings(
                        nowhere, nowhere, Map.of(), Path.of("/"), false, false, Piped.NOTHING);
        return new DeployReport(plain, waited);
    }

    private static JsonNode json(String text) throws IOException {
        return Wire.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
