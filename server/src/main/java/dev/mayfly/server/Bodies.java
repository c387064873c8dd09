package dev.mayfly.server;

import dev.mayfly.gateway.AdminRequest;
import java.util.Locale;
import java.util.Optional;

/** Takes a request's body as its endpoint wants it. */
final class Bodies {
    private Bodies() {}

    /** What came of reading. */
    sealed interface Outcome {
        /** It is as it should be, or not read here. */
        record Read(Optional<Record> body) implements Outcome {}

        /** It is not. */
        record Stopped(Refusal refusal) implements Outcome {}
    }

    static Outcome read(AdminRequest request, Endpoint.Intake intake) {
        return switch (intake) {
            case Endpoint.Intake.Nothing() -> new Outcome.Read(Optional.empty());
            case Endpoint.Intake.Raw() -> new Outcome.Read(Optional.empty());
            case Endpoint.Intake.Json(Class<? extends Record> type) ->
                    isJson(request) ? json(request, type) : unsupported();
        };
    }

    /** A page of another site can make a browser send anything but this type without asking. */
    private static boolean isJson(AdminRequest request) {
        String type = request.field("content-type").orElse("").toLowerCase(Locale.ROOT);
        int parameters = type.indexOf(';');
        return (parameters < 0 ? type : type.substring(0, parameters))
                .strip()
                .equals("application/json");
    }

    private static Outcome unsupported() {
        return new Outcome.Stopped(
                Refusal.of(
                        Kind.UNSUPPORTED_TYPE,
                        "the body's type is another one (expected: application/json)"));
    }

    private static Outcome json(AdminRequest request, Class<? extends Record> type) {
        return switch (JsonBodies.read(request.body().bytes(), Shapes.of(type))) {
            case JsonBodies.Outcome.Read(Record value) -> new Outcome.Read(Optional.of(value));
            case JsonBodies.Outcome.Flawed flawed ->
                    new Outcome.Stopped(Refusal.invalid(flawed.problems()));
        };
    }
}
