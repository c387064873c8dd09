package dev.mayfly.gateway;

import dev.mayfly.http.HttpTrigger;
import dev.mayfly.http.Replay;
import dev.mayfly.http.Replayed;
import dev.mayfly.http.ResponseHead;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What is remembered of requests, and what sends those once more that were recorded.
 *
 * @param shelf where they are written down
 * @param trigger takes them again
 * @param wake wakes the guests' threads
 */
record Replays(BookShelf shelf, HttpTrigger trigger, Runnable wake) implements Activations {
    @Override
    public List<Activation> newest(ActivationQuery query) {
        return shelf.newest(query);
    }

    @Override
    public Optional<Activation> find(String id) {
        return shelf.find(id);
    }

    @Override
    public Optional<Recorded> recorded(String id) {
        return shelf.recorded(id);
    }

    @Override
    public Optional<Recorded.Answer> replay(
            Recorded.Request request, PreparedApp revision, Duration longest)
            throws InterruptedException {
        Replay replay =
                new Replay(
                        request.method(),
                        request.target(),
                        request.fields().stream()
                                .filter(Recorded.Field::isKept)
                                .map(field -> new ResponseHead.Field(field.name(), field.value()))
                                .toList(),
                        request.body().bytes());
        return trigger.replay(replay, LoadedApp.of(revision).table(), wake, longest)
                .map(Replays::answer);
    }

    private static Recorded.Answer answer(Replayed answer) {
        BodyCopy body = new BodyCopy();
        body.add(answer.body(), 0, answer.body().length);
        body.complete();
        return new Recorded.Answer(
                answer.status(),
                answer.fields().stream()
                        .map(field -> Recording.field(field.name(), field.value()))
                        .toList(),
                body.body());
    }
}
