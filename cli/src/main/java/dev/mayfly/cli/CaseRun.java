package dev.mayfly.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mayfly.gateway.PreparedApp;
import dev.mayfly.gateway.TrialEvent;
import dev.mayfly.gateway.TrialRequest;
import dev.mayfly.gateway.TrialRequest.Field;
import dev.mayfly.gateway.Trials;
import dev.mayfly.gateway.Tried;
import dev.mayfly.gateway.TriedEvent;
import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.TestCase;
import dev.mayfly.manifest.TestCase.Body;
import dev.mayfly.manifest.TestCase.Input;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs cases on one load of an app. Safe for any thread. */
final class CaseRun {
    /** Beyond what an app's own limits allow. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    /** A request may lead to so many runs, one after the other. */
    private static final int RUNS_IN_A_ROW = 6;

    private final Trials trials;
    private final PreparedApp app;
    private final Takers takers;
    private final Goldens goldens;
    private final String host;
    private final Duration longest;

    /**
     * @param manifest what {@code app} was prepared from
     * @param goldens what may be written anew
     */
    CaseRun(Trials trials, PreparedApp app, Manifest manifest, Goldens goldens) {
        this.trials = trials;
        this.app = app;
        this.goldens = goldens;
        takers = new Takers(manifest);
        host = host(manifest);
        longest =
                manifest.functions().values().stream()
                        .map(FunctionSpec::limits)
                        .map(FunctionSpec.Limits::timeout)
                        .max(Duration::compareTo)
                        .orElse(Duration.ZERO)
                        .multipliedBy(RUNS_IN_A_ROW)
                        .plus(GRACE);
    }

    /** {@return localhost, or the first host the app answers to if it does not answer to any} */
    private static String host(Manifest manifest) {
        boolean any = manifest.http().stream().anyMatch(route -> route.hosts().isEmpty());
        if (any || manifest.http().isEmpty()) {
            return "localhost";
        }
        String first = manifest.http().getFirst().hosts().getFirst();
        return first.startsWith("*.") ? "any" + first.substring(1) : first;
    }

    CaseResult run(SuiteCase suiteCase) throws InterruptedException, IOException {
        long begun = System.nanoTime();
        return switch (suiteCase.test().input()) {
            case Input.Request request -> answered(suiteCase, request, begun);
            case Input.Event event -> recorded(suiteCase, event, begun);
        };
    }

    private CaseResult answered(SuiteCase suiteCase, Input.Request request, long begun)
            throws InterruptedException, IOException {
        Optional<Tried> came = trials.send(request(request, suiteCase.input()), app, longest);
        Duration time = since(begun);
        if (came.isEmpty()) {
            return late(suiteCase, time);
        }
        Tried tried = came.get();
        return new CaseResult(
                suiteCase,
                new AnswerCheck(suiteCase, tried, goldens).mismatches(),
                remarks(suiteCase.test().expected().hopes(), tried.runs(), time),
                tried.log(),
                time);
    }

    private CaseResult late(SuiteCase suiteCase, Duration time) {
        Mismatch late = new Mismatch("answer", "none within " + Shown.time(longest));
        return new CaseResult(suiteCase, List.of(late), List.of(), List.of(), time);
    }

    private CaseResult recorded(SuiteCase suiteCase, Input.Event event, long begun)
            throws InterruptedException, IOException {
        Optional<TriedEvent> came = trials.send(event(event, suiteCase.input()), app, longest);
        Duration time = since(begun);
        if (came.isEmpty()) {
            return late(suiteCase, time);
        }
        TriedEvent tried = came.get();
        return new CaseResult(
                suiteCase,
                new RecordCheck(suiteCase, tried, goldens).mismatches(),
                remarks(suiteCase.test().expected().hopes(), tried.run().stream().toList(), time),
                tried.log(),
                time);
    }

    private TrialEvent event(Input.Event event, byte[] value) {
        List<Field> headers = new ArrayList<>();
        event.headers()
                .forEach((key, values) ->
                        values.forEach(each -> headers.add(new Field(key, octets(each)))));
        TestCase.Spot spot = event.place();
        return new TrialEvent(
                takers.of(event).getFirst(), // SuitePlan has seen to it that there is one
                new TrialEvent.Place(
                        event.topic(),
                        spot.partition(),
                        spot.offset(),
                        spot.timestamp().orElseGet(Instant::now),
                        spot.attempt()),
                event.key().map(key -> key.getBytes(UTF_8)),
                event.value() instanceof Body.None ? Optional.empty() : Optional.of(value),
                headers);
    }

    private static Duration since(long begun) {
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    private TrialRequest request(Input.Request request, byte[] body) {
        List<Field> fields = new ArrayList<>();
        request.fields()
                .forEach((name, values) ->
                        values.forEach(value -> fields.add(new Field(name, octets(value)))));
        if (!has(fields, "host")) {
            fields.addFirst(new Field("host", host));
        }
        if (request.body() instanceof Body.Json && !has(fields, "content-type")) {
            fields.add(new Field("content-type", "application/json"));
        }
        return new TrialRequest(request.method(), request.target(), fields, body);
    }

    private static boolean has(List<Field> fields, String name) {
        return fields.stream().anyMatch(field -> field.name().equalsIgnoreCase(name));
    }

    private static String octets(String text) {
        return new String(text.getBytes(UTF_8), ISO_8859_1);
    }

    private static List<String> remarks(TestCase.Hopes hopes, List<Tried.Run> runs, Duration time) {
        List<String> remarks = new ArrayList<>();
        for (Tried.Run run : runs) {
            hopes.dirtyPages()
                    .filter(most -> run.dirtyPages() > most)
                    .ifPresent(most ->
                            remarks.add(
                                    run.function()
                                            + " wrote to "
                                            + run.dirtyPages()
                                            + " pages (max_dirty_pages: "
                                            + most
                                            + ")"));
        }
        Duration ran = runs.stream().map(Tried.Run::time).reduce(Duration.ZERO, Duration::plus);
        Duration told = runs.isEmpty() ? time : ran;
        hopes.millis()
                .filter(most -> told.compareTo(Duration.ofMillis(most)) > 0)
                .ifPresent(most ->
                        remarks.add("took " + Shown.time(told) + " (max_ms: " + most + ")"));
        return remarks;
    }
}
