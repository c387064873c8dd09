package dev.mayfly.http;

import static dev.mayfly.http.TestApp.route;
import static dev.mayfly.http.TestHead.get;
import static dev.mayfly.http.TestHead.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.http.ScriptedFunction.Guest;
import dev.mayfly.pool.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LocalRedirectTest {
    private final List<Map<String, String>> seen = new ArrayList<>();

    private Outcome show(Guest guest) throws IOException, InterruptedException {
        seen.add(guest.environment());
        guest.write("Content-Type: text/plain\n\n" + guest.readAll() + guest.arguments());
        return new Outcome.Exited(0);
    }

    /** {@code /to?/x} redirects to {@code /x}; {@code /loop/n} to {@code /loop/n-1}. */
    private TestApp app() {
        return TestApp.of(
                        route("/to", "to")
                                + route("/show/...", "show")
                                + route("/hidden", "show")
                                + "private = true\n"
                                + route("/loop/:n", "loop")
                                + "[[trigger.http]]\nroute = \"/fixed\"\n"
                                + "static_response = { body = \"fixed\" }\n")
                .function(
                        "to",
                        guest -> {
                            seen.add(guest.environment());
                            String target = guest.environment().get("QUERY_STRING");
                            guest.write("Location: " + target + "\n\n");
                            return new Outcome.Exited(0);
                        })
                .function("show", this::show)
                .function(
                        "loop",
                        guest -> {
                            int n = Integer.parseInt(guest.environment().get("X_PATH_MATCH_N"));
                            guest.write(
                                    n == 0
                                            ? "Content-Type: a/b\n\narrived"
                                            : "Location: /loop/" + (n - 1) + "\n\n");
                            return new Outcome.Exited(0);
                        });
    }

    @Test
    void theTargetSeesAGetWithoutBodyAndTheCallersOtherHeaders() throws Exception {
        TestHead post =
                request("POST", "/to?/show/a%20b?x=1")
                        .with("Content-Type", "text/x")
                        .with("Content-Length", "4")
                        .with("Cookie", "c=1")
                        .withBody(4);
        TestExchange answer = app().ask(post, "body");
        assertThat(answer.text()).isEqualTo("[/show/a%20b, x=1]");
        assertThat(seen.getLast())
                .containsEntry("REQUEST_METHOD", "GET")
                .containsEntry("SCRIPT_NAME", "/show")
                .containsEntry("PATH_INFO", "/a b")
                .containsEntry("QUERY_STRING", "x=1")
                .containsEntry("HTTP_COOKIE", "c=1")
                .containsEntry("HTTP_HOST", "example.com")
                .containsEntry("X_REQUEST_ID", answer.id())
                .doesNotContainKeys(
                        "CONTENT_LENGTH",
                        "CONTENT_TYPE",
                        "HTTP_CONTENT_TYPE",
                        "HTTP_CONTENT_LENGTH");
        assertThat(seen.getFirst()).containsEntry("X_REQUEST_ID", answer.id());
        assertThat(answer.note().orElseThrow().route()).isEqualTo("/show/...");
    }

    @Test
    void aPrivateRouteIsReached() throws Exception {
        assertThat(app().ask(get("/hidden")).status()).isEqualTo(404);
        assertThat(app().ask(get("/to?/hidden")).status()).isEqualTo(200);
    }

    @Test
    void aStaticResponseIsReachedAndHeadStaysHead() throws Exception {
        assertThat(app().ask(get("/to?/fixed")).text()).isEqualTo("fixed");
        TestExchange head = app().ask(request("HEAD", "/to?/fixed"));
        assertThat(head.text()).isEmpty();
        assertThat(head.value("content-length")).isEqualTo("5");
        TestExchange shown = app().ask(request("HEAD", "/to?/show/x"));
        assertThat(shown.text()).isEmpty();
        assertThat(seen.getLast()).containsEntry("REQUEST_METHOD", "GET");
    }

    @Test
    @Tag("limit:Dispatch.MOST_REDIRECTS")
    void fiveInARowAreFollowedAndTheSixthIs500() throws Exception {
        assertThat(app().ask(get("/loop/5")).text()).isEqualTo("arrived");
        TestApp app = app();
        TestExchange sixth = app.ask(get("/loop/6"));
        assertThat(sixth.status()).isEqualTo(500);
        assertThat(app.failures())
                .containsExactly("more than 5 local redirects, the last to /loop/0");
    }

    @Test
    void aTargetThatIsNowhereIs404AndOneThatIsNoTarget502() throws Exception {
        assertThat(app().ask(get("/to?/nowhere")).status()).isEqualTo(404);
        assertThat(app().ask(get("/to?/a%zz")).status()).isEqualTo(502);
    }
}
