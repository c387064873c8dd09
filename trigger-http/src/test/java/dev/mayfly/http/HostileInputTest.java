package dev.mayfly.http;

import static dev.mayfly.http.TestHead.bare;
import static dev.mayfly.http.TestHead.get;
import static dev.mayfly.http.TestHead.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.pool.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class HostileInputTest {
    private List<String> pieces = List.of();
    private Map<String, String> seen = Map.of();

    /** What a client sees of one run that writes {@code pieces}. */
    private record Seen(int status, List<String> fields, String body, boolean flowed) {
        static Seen of(TestExchange answer) {
            String body = answer.text().replace(answer.id(), "ID");
            List<String> fields = new ArrayList<>();
            answer.names().forEach(name -> fields.add(name + answer.values(name)));
            return new Seen(answer.status(), fields, body, answer.flowed());
        }
    }

    @Test
    void whateverAGuestWritesTheAnswerDoesNotDependOnHowItIsCut() throws Exception {
        HttpTrigger trigger =
                TestApp.any(
                                guest -> {
                                    for (String piece : pieces) {
                                        guest.write(piece);
                                    }
                                    return new Outcome.Exited(0);
                                })
                        .trigger();
        Fuzz.check(
                "cgi-output",
                (output, random) -> {
                    String method = random.nextBoolean() ? "GET" : "HEAD";
                    Seen whole = ask(trigger, method, List.of(output));
                    Seen cut = ask(trigger, method, Fuzz.split(output, 5, random));
                    assertThat(cut).isEqualTo(whole);
                    if (output.length() < 300) {
                        Seen bytes =
                                ask(
                                        trigger,
                                        method,
                                        output.chars().mapToObj(Character::toString).toList());
                        assertThat(bytes).isEqualTo(whole);
                    }
                    assertThat(whole.status()).isBetween(200, 599);
                    assertThat(String.join("", whole.fields())).doesNotContain("\n", "\r", "\0");
                });
    }

    private Seen ask(HttpTrigger trigger, String method, List<String> written) {
        pieces = written;
        TestExchange exchange = new TestExchange(request(method, "/"));
        trigger.handle(exchange);
        assertThat(exchange.ended()).isTrue();
        return Seen.of(exchange);
    }

    @Test
    void whateverTheTargetEveryRequestIsAnsweredAndItsPathIsWhole() throws Exception {
        HttpTrigger trigger =
                TestApp.of(
                                TestApp.route("/...", "f")
                                        + TestApp.route("/a/:x/...", "f")
                                        + TestApp.route("/:y/b", "f"))
                        .function("f", this::look)
                        .trigger();
        Fuzz.check(
                "targets",
                (target, random) -> {
                    seen = Map.of();
                    TestExchange exchange = new TestExchange(get(target));
                    trigger.handle(exchange);
                    assertThat(exchange.status()).isIn(200, 400);
                    if (exchange.status() == 200) {
                        String path = seen.get("SCRIPT_NAME") + seen.get("X_RAW_PATH_INFO");
                        assertThat(target).contains(path.equals("/") ? "" : path);
                        assertThat(path).startsWith("/");
                    }
                });
    }

    private Outcome look(ScriptedFunction.Guest guest) throws IOException, InterruptedException {
        seen = guest.environment();
        guest.arguments();
        guest.write("Content-Type: text/plain\n\n");
        return new Outcome.Exited(0);
    }

    @Test
    void whateverTheFieldsEachPassesAsTheReferenceSays() throws Exception {
        HttpTrigger trigger = TestApp.any(this::look).trusting("203.0.113.9").trigger();
        Fuzz.check(
                "fields",
                (lines, random) -> {
                    TestHead head = bare("GET", "/");
                    for (String line : lines.split("\n", -1)) {
                        int colon = line.indexOf(':');
                        if (colon >= 0) {
                            head = head.with(line.substring(0, colon), line.substring(colon + 1));
                        }
                    }
                    TestExchange exchange = new TestExchange(head);
                    trigger.handle(exchange);
                    assertThat(exchange.status()).isIn(200, 400);
                    if (exchange.status() == 200) {
                        Map<String, String> passed = new TreeMap<>(seen);
                        passed.keySet().removeIf(name -> !name.startsWith("HTTP_"));
                        assertThat(passed).isEqualTo(new TreeMap<>(expected(head)));
                    }
                });
    }

    /** The rows HTTP_NAME and "not passed" of the contract, word by word. */
    private static Map<String, String> expected(TestHead head) {
        Set<String> hidden =
                new HashSet<>(
                        Set.of(
                                "proxy",
                                "connection",
                                "keep-alive",
                                "te",
                                "trailer",
                                "transfer-encoding",
                                "upgrade"));
        for (MadeHead.Field field : head.fields()) {
            if (lower(field.name()).equals("connection")) {
                for (String name : field.value().split(",", -1)) {
                    hidden.add(lower(name.strip()));
                }
            }
        }
        Map<String, String> expected = new LinkedHashMap<>();
        for (MadeHead.Field field : head.fields()) {
            String name = lower(field.name());
            boolean token = name.matches("[a-z0-9!#$%&'*+.^`|~-]+");
            if (token && !hidden.contains(name) && !name.startsWith("x-mayfly-")) {
                String joint = name.equals("cookie") ? "; " : ", ";
                String variable = "HTTP_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
                expected.merge(variable, field.value(), (a, b) -> a + joint + b);
            }
        }
        return expected;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    @Test
    void piecesTogetherAreTheText() {
        Random random = new Random(1);
        assertThat(String.join("", Fuzz.split("abcdefgh", 4, random))).isEqualTo("abcdefgh");
    }
}
