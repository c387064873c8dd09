package dev.mayfly.server;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mayfly.gateway.GuestLogs;
import dev.mayfly.gateway.LogLine;
import dev.mayfly.gateway.LogPage;
import dev.mayfly.gateway.LogQuery;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * All gateways asked once for an app's log lines, and what came of it. A gateway that says nothing
 * stays where it was in the cursor: its lines come when it answers again. One thread.
 */
final class LogRound {
    /** Lines of one gateway in an answer. */
    static final int LINES = 500;

    /** The database's place in the cursor. */
    private static final String DATABASE = "database";

    /** Places that are not another gateway's: this one's and the database's. */
    private static final int BESIDE = 2;

    private final Readers readers;
    private final Call call;
    private final LogCursor before;
    private final Map<String, LogCursor.Read> read;
    private final List<List<View.GatewayLine>> found = new ArrayList<>();
    private final List<View.Silent> silent = new ArrayList<>();
    private final Set<String> present = new HashSet<>();

    private boolean over;

    /** Whether somebody fell silent, or speaks again. */
    private boolean turned;

    LogRound(Readers readers, Call call, LogCursor before) {
        this.readers = readers;
        this.call = call;
        this.before = before;
        this.read = new LinkedHashMap<>(before.read());
    }

    /** Where lines come from. */
    record Readers(GuestLogs logs, Standing standing, Self self, Peers peers) {}

    /** Asks all at once and waits for them; blocks. */
    void ask(Duration wait) throws InterruptedException {
        Map<GatewayPlace, CompletableFuture<Peers.Heard>> asked = new LinkedHashMap<>();
        String token = call.request().field("authorization").orElse("");
        for (GatewayPlace each : others()) {
            asked.put(each, readers.peers().ask(each, "GET", target(each, wait), token, wait));
        }
        long began = System.nanoTime();
        LogPage page = readers.logs().read(query(wait));
        // Nobody is made to wait any more once this gateway goes down.
        over = page.lines().isEmpty() && System.nanoTime() - began < wait.toNanos();
        own(page);
        asked.forEach((place, heard) -> hear(place, heard.join()));
        if (readers.standing().databaseAway()) {
            fellSilent(
                    new View.Silent(
                            "others", "the database does not answer, and knows where they are"),
                    DATABASE);
        } else {
            spoke(DATABASE, 0);
        }
    }

    private List<GatewayPlace> others() {
        List<GatewayPlace> others =
                readers.standing().gateways().stream()
                        .filter(each -> !each.id().equals(readers.self().id()))
                        .toList();
        present.add(DATABASE);
        present.add(readers.self().key());
        others.forEach(each -> present.add(each.key()));
        if (others.size() > Peers.MOST_PEERS) {
            silent.add(
                    new View.Silent(
                            "others",
                            "of "
                                    + others.size()
                                    + " other gateways only "
                                    + Peers.MOST_PEERS
                                    + " are asked"));
        }
        return others.stream().limit(Peers.MOST_PEERS).toList();
    }

    private LogQuery query(Duration wait) {
        Query query = call.query();
        long after = before.after(readers.self().key());
        return new LogQuery(
                call.app(),
                query.text("function"),
                query.text("request_id"),
                after == LogCursor.LATE ? Optional.of(before.begun()) : query.since("since"),
                after,
                query.count("limit", LINES, LINES),
                wait);
    }

    /** The same question; who came later is asked for all since the reading began. */
    private String target(GatewayPlace place, Duration wait) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String each : List.of("since", "function", "request_id")) {
            call.query().text(each).ifPresent(text -> query.put(each, text));
        }
        long after = before.after(place.key());
        query.put("after", Long.toString(after));
        if (after == LogCursor.LATE) {
            query.put("since", before.begun().toString());
        }
        query.put("limit", Integer.toString(call.query().count("limit", LINES, LINES)));
        query.put("wait", wait.toMillis() + "ms");
        List<String> pairs = new ArrayList<>();
        query.forEach((name, value) ->
                pairs.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return "/v1/apps/" + call.app() + "/logs?" + String.join("&", pairs);
    }

    private void own(LogPage page) {
        String name = readers.self().name();
        found.add(page.lines().stream().map(line -> of(name, line)).toList());
        spoke(readers.self().key(), page.next());
    }

    private static View.GatewayLine of(String gateway, LogLine line) {
        return new View.GatewayLine(
                line.at(),
                gateway,
                line.app(),
                line.revision(),
                line.function(),
                line.requestId(),
                line.line());
    }

    private void hear(GatewayPlace place, Peers.Heard heard) {
        switch (heard) {
            case Peers.Heard.Silent(String why) -> fellSilent(place, why);
            case Peers.Heard.Told(JsonNode page)
                    when !page.path("gateway").asText().equals(place.id()) ->
                    fellSilent(
                            place,
                            "at its address another gateway answers; set its admin_advertise");
            case Peers.Heard.Told(JsonNode page) -> told(place, page);
        }
    }

    private void told(GatewayPlace place, JsonNode page) {
        try {
            List<View.GatewayLine> lines = new ArrayList<>();
            page.path("lines").forEach(line -> lines.add(of(place.name(), line)));
            found.add(lines);
            spoke(place.key(), page.path("next").asLong());
        } catch (DateTimeException e) {
            fellSilent(place, "its answer cannot be read: " + e.getMessage());
        }
    }

    private static View.GatewayLine of(String gateway, JsonNode line) {
        return new View.GatewayLine(
                Instant.parse(line.path("at").asText()),
                gateway,
                line.path("app").asText(),
                line.path("revision").asLong(),
                line.path("function").asText(),
                line.path("request_id").asText(),
                line.path("line").asText());
    }

    private void spoke(String place, long number) {
        LogCursor.@Nullable Read was = read.put(place, new LogCursor.Read(number, false));
        turned |= was != null && was.silent();
    }

    private void fellSilent(GatewayPlace place, String why) {
        fellSilent(new View.Silent(place.told(), why), place.key());
    }

    /** Where nothing was read yet, all since the beginning is asked for when it speaks. */
    private void fellSilent(View.Silent note, String place) {
        silent.add(note);
        LogCursor.@Nullable Read was = read.get(place);
        turned |= was == null || !was.silent();
        read.put(place, new LogCursor.Read(was == null ? LogCursor.LATE : was.number(), true));
    }

    /** Whether there will be no more of this gateway's lines. */
    boolean isOver() {
        return over;
    }

    boolean hasNews() {
        return turned || found.stream().anyMatch(lines -> !lines.isEmpty());
    }

    /** Those that went long ago are forgotten when there are too many. */
    LogCursor next() {
        if (read.size() > Peers.MOST_PEERS + BESIDE) {
            read.keySet().retainAll(present);
        }
        return new LogCursor(before.begun(), read);
    }

    View.AllLogs view() {
        return new View.AllLogs(merged(), next().text(), present.size() - 1, silent);
    }

    /** By time; the lines of one gateway stay in their order. */
    private List<View.GatewayLine> merged() {
        int[] taken = new int[found.size()];
        List<View.GatewayLine> all = new ArrayList<>();
        for (int next = earliest(taken); next >= 0; next = earliest(taken)) {
            all.add(found.get(next).get(taken[next]++));
        }
        return all;
    }

    private int earliest(int[] taken) {
        int earliest = -1;
        for (int i = 0; i < found.size(); i++) {
            if (taken[i] < found.get(i).size()
                    && (earliest < 0
                            || found.get(i)
                                    .get(taken[i])
                                    .at()
                                    .isBefore(found.get(earliest).get(taken[earliest]).at()))) {
                earliest = i;
            }
        }
        return earliest;
    }
}
