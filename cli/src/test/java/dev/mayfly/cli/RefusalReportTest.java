package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RefusalReportTest {
    private final StringWriter said = new StringWriter();

    @Test
    void problemsOfAManifestAreToldAsThoseOfAFileAndEndWithThree() throws IOException {
        RefusedException refused =
                refused(
                        422,
                        "invalid",
                        "\"problems\": [{\"line\": 3, \"column\": 1, \"key\": \"app.name\", \"message\": \"missing\","
                                + " \"mend\": \"write one\"}, {\"key\": \"check\", \"message\": \"500\"}]");

        assertThat(refused.exit()).isEqualTo(Exit.INVALID);
        assertThat(said(refused))
                .contains("shop/app.toml:3:1: app.name: missing", "    write one")
                .contains("shop/app.toml: check: 500", "2 problems in shop/app.toml");
    }

    @Test
    void eachClashingRouteNamesItsOwner() throws IOException {
        RefusedException refused =
                refused(
                        409,
                        "routes-taken",
                        "\"clashes\": [{\"host\": \"a.example\", \"pattern\": \"/x\", \"method\": \"GET\", \"app\": \"old\"}]");

        assertThat(refused.exit()).isEqualTo(Exit.REFUSED);
        assertThat(said(refused))
                .contains("mayfly deploy: the server refused: because")
                .contains("GET a.example/x belongs to the app old", "choose another route");
    }

    @Test
    void everyKindSaysWhatToDo() throws IOException {
        assertThat(said(refused(412, "stale", "\"version\": 7"))).contains("version 7 by now");
        assertThat(said(refused(401, "unauthorized", "\"a\": 1"))).contains("mayfly login");
        assertThat(said(refused(403, "forbidden", "\"needs\": \"deploy:shop\"")))
                .contains("scope deploy:shop", "mayfly tokens create");
        assertThat(said(refused(503, "database-away", "\"a\": 1"))).contains("try again in 9 s");
    }

    @Test
    void aProblemWithoutAKindIsToldByItsDetail() throws IOException {
        assertThat(said(refused(404, "", "\"a\": 1"))).endsWith("the server refused: because\n");
    }

    private String said(RefusedException refused) {
        PrintWriter err = new PrintWriter(said, true);
        Surroundings surroundings =
                new Surroundings(err, err, Map.of(), Path.of("/"), false, false, Piped.NOTHING);
        new RefusalReport(surroundings, "mayfly deploy").print(refused);
        return said.toString();
    }

    private static RefusedException refused(int status, String kind, String members)
            throws IOException {
        String type = kind.isEmpty() ? "about:blank" : "urn:mayfly:" + kind;
        String document = "{\"type\": \"" + type + "\", \"detail\": \"because\", " + members + "}";
        return new RefusedException(
                ApiProblem.of(
                        status,
                        Wire.read(document.getBytes(StandardCharsets.UTF_8)),
                        Optional.of("9")),
                "shop/app.toml");
    }
}
