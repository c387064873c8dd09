package dev.mayfly.http;

import dev.mayfly.manifest.RoutePattern;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One route, bound to what answers it.
 *
 * @param pattern as written
 * @param methods as listed; empty for all
 * @param isPrivate answers 404 from outside
 * @param note for logs
 * @param answer what answers
 */
record Route(
        RoutePattern pattern,
        List<String> methods,
        boolean isPrivate,
        RouteNote note,
        Answer answer) {
    private static final List<String> USUAL =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    /** {@return the same route, whose answers are counted} */
    Route counted(AnswerCount answers) {
        return new Route(pattern, methods, isPrivate, note.counted(answers), answer);
    }

    /**
     * {@return whether it is not there for {@code request}} Among revisions that share requests the
     * chosen one's own route tells.
     */
    boolean hidesFrom(RequestView request) {
        return isPrivate && !request.redirected() && !(answer instanceof SplitAnswer);
    }

    /** {@return whether {@code method} is listed, or all are; OPTIONS only ever if listed} */
    boolean lists(String method) {
        if (methods.isEmpty()) {
            return !method.equals("OPTIONS");
        }
        for (int i = 0; i < methods.size(); i++) {
            if (methods.get(i).equals(method)) {
                return true;
            }
        }
        return false;
    }

    /** {@return what {@code Allow} says of it} */
    Set<String> allowed() {
        Set<String> allowed = new TreeSet<>(methods.isEmpty() ? USUAL : methods);
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        return allowed;
    }
}
