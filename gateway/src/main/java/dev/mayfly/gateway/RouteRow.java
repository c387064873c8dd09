package dev.mayfly.gateway;

/**
 * A served route, for people to read.
 *
 * @param app the app's name
 * @param host a host, {@code *.suffix} or {@code *}
 * @param methods {@code *} or a list
 * @param route as written
 * @param target what answers: {@code hello}, {@code static 301}, {@code files public}
 */
public record RouteRow(String app, String host, String methods, String route, String target) {}
