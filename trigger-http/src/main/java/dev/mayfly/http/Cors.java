package dev.mayfly.http;

import dev.mayfly.http.ResponseHead.Field;
import dev.mayfly.manifest.HttpRoute;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a route lets pages of other sites do (the Fetch standard's CORS protocol). The fields are
 * rendered once; an origin that is listed is told by itself, so that an answer fits one origin only
 * and says so to caches.
 */
final class Cors {
    private static final List<String> USUAL =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final String ANY = "*";

    private final Set<String> origins;
    private final boolean anyOrigin;
    private final Answers answers;
    private final List<Field> forEveryAnswer;
    private final List<Field> forPreflights;
    private final Field anyAllowed;
    private final Field varies;
    private final Field preflightVaries;

    Cors(HttpRoute.Cors policy, HttpRoute route, Answers answers) {
        this.answers = answers;
        origins = Set.copyOf(policy.origins());
        anyOrigin = origins.contains(ANY);
        anyAllowed = answers.field("access-control-allow-origin", ANY);
        varies = answers.field("vary", "origin");
        preflightVaries =
                answers.field(
                        "vary",
                        "origin, access-control-request-method, access-control-request-headers");
        forEveryAnswer = new ArrayList<>();
        forPreflights = new ArrayList<>();
        if (policy.credentials()) {
            Field credentials = answers.field("access-control-allow-credentials", "true");
            forEveryAnswer.add(credentials);
            forPreflights.add(credentials);
        }
        add(forEveryAnswer, "access-control-expose-headers", policy.expose());
        add(forPreflights, "access-control-allow-methods", methods(policy, route));
        add(forPreflights, "access-control-allow-headers", policy.headers());
        policy.maxAge()
                .ifPresent(age ->
                        add(
                                forPreflights,
                                "access-control-max-age",
                                List.of(Long.toString(age.toSeconds()))));
    }

    private static List<String> methods(HttpRoute.Cors policy, HttpRoute route) {
        if (!policy.methods().isEmpty()) {
            return policy.methods();
        }
        Set<String> methods = new TreeSet<>(route.methods().isEmpty() ? USUAL : route.methods());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        return List.copyOf(methods);
    }

    private void add(List<Field> fields, String name, List<String> values) {
        if (!values.isEmpty()) {
            fields.add(answers.field(name, String.join(", ", values)));
        }
    }

    /** {@return whether {@code request} asks what another one may, before it is sent} */
    static boolean asksBefore(RequestView request) {
        return request.method().equals("OPTIONS")
                && !request.redirected()
                && request.head().headers().first("origin") != null
                && !methodToCome(request).isEmpty();
    }

    /** {@return the method it asks about; empty if none} */
    static String methodToCome(RequestView request) {
        @Nullable CharSequence method =
                request.head().headers().first("access-control-request-method");
        return method == null || !Octets.isTokens(method) ? "" : method.toString();
    }

    /** {@return whether only the gateway says {@code name}, where a route has a policy} */
    static boolean owns(CharSequence name) {
        return switch (name.length()) {
            case 27 -> Octets.sameIgnoringCase(name, "access-control-allow-origin");
            case 29 -> Octets.sameIgnoringCase(name, "access-control-expose-headers");
            case 32 -> Octets.sameIgnoringCase(name, "access-control-allow-credentials");
            default -> false;
        };
    }

    /** {@return what every answer of the route carries} */
    List<Field> fields(RequestView request) {
        return fields(request, forEveryAnswer, varies);
    }

    /** {@return what the answer to a preflight carries} */
    List<Field> preflight(RequestView request) {
        return fields(request, forPreflights, preflightVaries);
    }

    private List<Field> fields(RequestView request, List<Field> more, Field vary) {
        if (anyOrigin) {
            List<Field> fields = new ArrayList<>(more);
            fields.add(anyAllowed);
            return fields;
        }
        List<Field> fields = new ArrayList<>(more.size() + 2);
        allowed(request)
                .ifPresent(origin -> {
                    fields.add(answers.field("access-control-allow-origin", origin));
                    fields.addAll(more);
                });
        fields.add(vary);
        return fields;
    }

    private Optional<String> allowed(RequestView request) {
        @Nullable CharSequence origin = request.head().headers().first("origin");
        return origin == null
                ? Optional.empty()
                : Optional.of(origin.toString()).filter(origins::contains);
    }
}
