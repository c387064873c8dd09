package dev.mayfly.http;

import dev.mayfly.http.ResponseHead.Field;
import dev.mayfly.pool.FunctionId;
import java.util.ArrayList;
import java.util.List;

/** Keeps what is logged of one request. Guarded by itself. */
final class TrialLog implements RequestLog {
    private final List<String> lines = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();

    @Override
    public synchronized void guestLine(FunctionId function, RequestName request, String line) {
        lines.add(line);
    }

    @Override
    public synchronized void failure(FunctionId function, RequestName request, String cause) {
        failures.add(function.function() + ": " + cause);
    }

    /** All that came, once the answer is there. */
    synchronized Trial trial(MadeExchange exchange, Replayed answer) {
        return new Trial(asSent(exchange, answer), exchange.runs(), lines, failures);
    }

    /** With the fields that the gateway adds when it sends an answer and knows it whole. */
    private static Replayed asSent(MadeExchange exchange, Replayed answer) {
        List<Field> fields = new ArrayList<>(answer.fields());
        boolean untold =
                fields.stream().noneMatch(field -> "content-length".contentEquals(field.name()));
        if (untold
                && !exchange.isBrokenOff()
                && !exchange.head().method().equals("HEAD")
                && Answers.carriesBody(answer.status())) {
            fields.add(new Field("content-length", Integer.toString(answer.body().length)));
        }
        fields.add(new Field("x-request-id", exchange.requestId()));
        return new Replayed(answer.status(), fields, answer.body());
    }
}
