package dev.mayfly.gateway;

import dev.mayfly.http.ResponseHead;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** What the server itself answers, before any route: {@code /.well-known/mayfly/}. */
final class OwnPages {
    static final String PREFIX = "/.well-known/mayfly/";

    private static final List<ResponseHead.Field> FIELDS =
            List.of(field("content-type", "application/json"), field("cache-control", "no-store"));
    private static final ResponseHead OK = new ResponseHead(200, FIELDS);
    private static final ResponseHead NOT_READY = new ResponseHead(503, FIELDS);

    private final Entrance entrance;
    private final Phase phase;
    private final byte[] info;

    OwnPages(Entrance entrance, Phase phase) {
        this.entrance = entrance;
        this.phase = phase;
        this.info = bytes("{\"name\":\"mayfly\",\"version\":\"" + Version.current() + "\"}");
    }

    private static ResponseHead.Field field(String name, String value) {
        return new ResponseHead.Field(AsciiString.of(name), AsciiString.of(value));
    }

    private static byte[] bytes(String json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    void handle(HttpExchange exchange) {
        String target = exchange.head().target();
        int query = target.indexOf('?');
        switch (query < 0 ? target : target.substring(0, query)) {
            case PREFIX + "health" -> answer(exchange, phase.ready() ? OK : NOT_READY, health());
            case PREFIX + "info" -> answer(exchange, OK, info);
            default -> entrance.refuse(exchange, 404, "nothing answers this path");
        }
    }

    private byte[] health() {
        if (!phase.ready()) {
            return bytes("{\"status\":\"draining\"}");
        }
        Set<String> reasons = phase.flaws();
        return bytes(reasons.isEmpty() ? "{\"status\":\"ok\"}" : degraded(reasons));
    }

    private static String degraded(Set<String> reasons) {
        StringBuilder json = new StringBuilder("{\"status\":\"degraded\",\"reasons\":[");
        String before = "";
        for (String reason : reasons) {
            json.append(before).append('"');
            Escapes.appendJson(reason, json);
            json.append('"');
            before = ",";
        }
        return json.append("]}").toString();
    }

    private void answer(HttpExchange exchange, ResponseHead head, byte[] body) {
        switch (exchange.head().method()) {
            case "GET" -> {
                exchange.identify(RequestIds.fresh());
                exchange.respond(head, body, 0, body.length);
            }
            case "HEAD" -> {
                exchange.identify(RequestIds.fresh());
                exchange.respond(head, body, 0, 0);
            }
            default -> entrance.refuse(exchange, 405, "this path answers GET and HEAD only");
        }
    }
}
