package dev.mayfly.server;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * One thing the API does: what routes to it, who may, what goes in and out, and what does it. The
 * table of these is the only source for routing, for authorisation and for the OpenAPI document.
 *
 * @param method of the request
 * @param path of the request
 * @param access who may
 * @param said one line for people
 * @param parameters of the query
 * @param intake of the body
 * @param answers the shape by status; nothing for a bare one
 * @param kinds problems of its own, beside those of its access and intake
 * @param handler answers
 */
record Endpoint(
        String method,
        PathPattern path,
        Access access,
        String said,
        List<Parameter> parameters,
        Intake intake,
        Map<Integer, Optional<Class<? extends Record>>> answers,
        Set<Kind> kinds,
        Handler handler) {
    /** Answers a call; blocks, on a thread of the request's own. */
    @FunctionalInterface
    interface Handler {
        Answer answer(Call call);
    }

    /** What a request's body is. */
    sealed interface Intake {
        /** None is read. */
        record Nothing() implements Intake {}

        /** JSON of a record. */
        record Json(Class<? extends Record> type) implements Intake {}

        /** Bytes, for the handler to read. */
        record Raw() implements Intake {}
    }

    static Endpoint of(String method, String path, Access access, String said, Handler handler) {
        return new Endpoint(
                method,
                PathPattern.of(path),
                access,
                said,
                List.of(),
                new Intake.Nothing(),
                Map.of(),
                Set.of(),
                handler);
    }

    static Endpoint get(String path, Access access, String said, Handler handler) {
        return of("GET", path, access, said, handler);
    }

    static Endpoint post(String path, Access access, String said, Handler handler) {
        return of("POST", path, access, said, handler);
    }

    Endpoint with(Parameter... more) {
        return new Endpoint(
                method, path, access, said, List.of(more), intake, answers, kinds, handler);
    }

    Endpoint takes(Class<? extends Record> type) {
        return taking(new Intake.Json(type));
    }

    Endpoint takesBytes() {
        return taking(new Intake.Raw());
    }

    private Endpoint taking(Intake taken) {
        return new Endpoint(method, path, access, said, parameters, taken, answers, kinds, handler);
    }

    Endpoint answers(int status, Class<? extends Record> type) {
        return answering(status, Optional.of(type));
    }

    Endpoint answers(int status) {
        return answering(status, Optional.empty());
    }

    private Endpoint answering(int status, Optional<Class<? extends Record>> type) {
        Map<Integer, Optional<Class<? extends Record>>> more = new TreeMap<>(answers);
        more.put(status, type);
        return new Endpoint(method, path, access, said, parameters, intake, more, kinds, handler);
    }

    Endpoint refuses(Kind... more) {
        return new Endpoint(
                method, path, access, said, parameters, intake, answers, Set.of(more), handler);
    }

    /** {@return itself, if a path leads here} */
    Stream<AdminApi.Routed> routed(List<String> segments) {
        return path.match(segments).stream().map(values -> new AdminApi.Routed(this, values));
    }

    /** {@return whether it changes an app, and so takes {@code If-Match}} */
    boolean changesApp() {
        return access == Access.DEPLOY && !method.equals("GET");
    }

    /** {@return every kind of problem it may answer with} */
    Set<Kind> allKinds() {
        Set<Kind> all = new TreeSet<>(kinds);
        if (access != Access.OPEN) {
            all.addAll(Set.of(Kind.UNAUTHORIZED, Kind.DATABASE_AWAY, Kind.INVALID));
        }
        switch (access) {
            case OPEN, ANY -> {}
            case READ -> all.add(Kind.NOT_FOUND);
            case DEPLOY, READ_OR_ADMIN -> all.addAll(Set.of(Kind.NOT_FOUND, Kind.FORBIDDEN));
            case READ_ALL, ANY_DEPLOY, ADMIN -> all.add(Kind.FORBIDDEN);
        }
        if (changesApp()) {
            all.addAll(Set.of(Kind.STALE, Kind.KEY_REUSED));
        }
        if (intake instanceof Intake.Json) {
            all.addAll(Set.of(Kind.UNSUPPORTED_TYPE, Kind.TOO_LARGE));
        }
        return all;
    }

    /** {@return a name for the document: {@code getAppsAppRevisions}} */
    String name() {
        StringBuilder name = new StringBuilder(method.toLowerCase(Locale.ROOT));
        for (String segment : path.segments()) {
            for (String word : segment.split("[{}.]+", -1)) {
                if (!word.isEmpty() && !word.equals("v1")) {
                    name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
                }
            }
        }
        return name.toString();
    }
}
