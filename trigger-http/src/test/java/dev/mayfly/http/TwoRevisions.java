package dev.mayfly.http;

import static dev.mayfly.http.TestHead.get;

import dev.mayfly.manifest.Parsed;
import dev.mayfly.pool.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** An app whose revisions share its requests, each with a function that says its number. */
final class TwoRevisions {
    final HttpTrigger trigger = TestApp.of("").idle();
    private final Map<Long, AtomicInteger> answers = new HashMap<>();

    /** One revision; its function {@code f} answers {@code <number> <path>}, or redirects. */
    AppSplit.Share share(long revision, int percent, String triggers) {
        ScriptedFunction function =
                new ScriptedFunction(
                        "f",
                        guest -> {
                            Map<String, String> variables = guest.environment();
                            String query = variables.getOrDefault("QUERY_STRING", "");
                            guest.write(
                                    query.startsWith("/")
                                            ? "Location: " + query + "\n\n"
                                            : "Content-Type: text/plain\n\n" + revision);
                            return new Outcome.Exited(0);
                        });
        AtomicInteger count = answers.computeIfAbsent(revision, _ -> new AtomicInteger());
        AppRoutes app = TestApp.of(triggers).function(function, "").routes();
        AppRoutes numbered =
                new AppRoutes(app.manifest(), revision, Path.of("/none"), app.functions());
        return new AppSplit.Share(numbered, percent, status -> count.incrementAndGet());
    }

    /** How many answers of a revision were counted. */
    int answers(long revision) {
        return answers.getOrDefault(revision, new AtomicInteger()).get();
    }

    TwoRevisions serve(AppSplit.Share... shares) {
        trigger.serve(table(new AppSplit(List.of(shares))));
        return this;
    }

    static RouteTable table(AppSplit... apps) {
        return switch (HttpTrigger.table(List.of(apps))) {
            case Parsed.Valid<RouteTable>(RouteTable table) -> table;
            case Parsed.Invalid<RouteTable> invalid -> throw new AssertionError(invalid.problems());
        };
    }

    TestExchange ask(RequestHead head) throws InterruptedException {
        TestExchange exchange = new TestExchange(head);
        trigger.handle(exchange);
        return exchange.await();
    }

    /** What 40 requests for {@code path} are answered, with {@code fields} by name and value. */
    List<String> fortyTimes(String path, String... fields) throws InterruptedException {
        TestHead head = get(path);
        for (int i = 0; i < fields.length; i += 2) {
            head = head.with(fields[i], fields[i + 1]);
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            TestExchange answer = ask(head);
            texts.add(answer.status() == 200 ? answer.text() : String.valueOf(answer.status()));
        }
        return texts;
    }
}
