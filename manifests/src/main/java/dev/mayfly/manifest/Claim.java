package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a route takes for itself: a pattern, under hosts, for methods. Two claims clash when no
 * request could tell them apart.
 *
 * @param methods empty for all
 * @param hosts empty for any
 */
record Claim(
        RoutePattern route, List<String> methods, List<String> hosts, KeyPath path, Place place) {
    /** Stands for every method a route without a list answers; OPTIONS is none of them. */
    private static final String ANY_METHOD = "*";

    private static final String ANY_HOST = "*";

    /** {@return a problem for every claim that clashes with an earlier one} */
    static List<Problem> clashes(List<Claim> claims) {
        Map<String, List<Claim>> byPattern = new HashMap<>();
        List<Problem> problems = new ArrayList<>();
        for (Claim claim : claims) {
            List<Claim> same =
                    byPattern.computeIfAbsent(claim.route.shape(), _ -> new ArrayList<>());
            same.stream()
                    .filter(claim::clashes)
                    .findFirst()
                    .map(claim::clash)
                    .ifPresent(problems::add);
            same.add(claim);
        }
        return problems;
    }

    private boolean clashes(Claim other) {
        return sharesHost(other) && sharesMethod(other);
    }

    private boolean sharesHost(Claim other) {
        return folded(hosts).stream().anyMatch(folded(other.hosts)::contains);
    }

    private static List<String> folded(List<String> hosts) {
        return hosts.isEmpty()
                ? List.of(ANY_HOST)
                : hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    }

    private boolean sharesMethod(Claim other) {
        List<String> mine = answered();
        List<String> theirs = other.answered();
        return (mine.contains(ANY_METHOD) && theirs.stream().anyMatch(Claim::isImplied))
                || (theirs.contains(ANY_METHOD) && mine.stream().anyMatch(Claim::isImplied))
                || mine.stream().anyMatch(theirs::contains);
    }

    private static boolean isImplied(String method) {
        return !method.equals("OPTIONS");
    }

    private List<String> answered() {
        if (methods.isEmpty()) {
            return List.of(ANY_METHOD);
        }
        List<String> answered = new ArrayList<>(methods);
        if (methods.contains("GET")) {
            answered.add("HEAD");
        }
        return answered;
    }

    private Problem clash(Claim earlier) {
        String where =
                earlier.place.line() > 0 ? "line " + earlier.place.line() : earlier.path.text();
        return Problem.of(
                place,
                path.text(),
                Shown.of(route.text())
                        + " is the same route as "
                        + Shown.of(earlier.route.text())
                        + " of "
                        + where
                        + " for a host and a method they share",
                "change its path, its hosts or its methods, or remove one");
    }
}
