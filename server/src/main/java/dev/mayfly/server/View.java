package dev.mayfly.server;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the API answers with. Each is a schema of the OpenAPI document, by its name. */
final class View {
    private View() {}

    /** Who answers. */
    record About(String name, String version) {}

    /** The caller. */
    record Caller(String id, String name, List<String> scopes, Instant expiresAt) {}

    /** Apps. */
    record AppList(List<App> apps) {}

    /** An app. */
    record App(
            String name,
            @Said("Grows with every change of the app: what If-Match compares.") long version,
            @Said("The revision with most of the traffic; 0 for none.") int live,
            @Said("Percent by revision.") Map<String, Integer> traffic,
            @Said("Why this gateway cannot serve it.") List<String> problems) {}

    /** An app, with what it answers. */
    record AppDetail(
            String name,
            long version,
            int live,
            Map<String, Integer> traffic,
            List<String> problems,
            @Said("The live one.") Optional<RevisionLine> revision,
            List<Route> routes,
            List<String> urls,
            Optional<Canary> canary) {}

    /** What was deleted. */
    record Deleted(String app) {}

    /** Revisions, the newest first. */
    record RevisionList(List<RevisionLine> revisions) {}

    /** A revision. */
    record RevisionLine(
            int number,
            Instant at,
            String who,
            String message,
            @Said("Whether it has most of the traffic.") boolean live,
            @Said("Of the traffic.") int percent) {}

    /** A revision, with what it is made of. */
    record RevisionDetail(
            int number,
            Instant at,
            String who,
            String message,
            boolean live,
            int percent,
            @Said("The text of app.toml.") String manifest,
            @Said("Digests by path.") Map<String, String> artifacts) {}

    /** What is not stored. */
    record Missing(List<String> missing) {}

    /** How far an artifact is stored. */
    record Upload(
            String digest, @Said("Where the next piece belongs.") long offset, boolean complete) {}

    /** What came of a deploy. */
    record Deploy(
            String app,
            @Said("The new one, or the live one if nothing changed; 0 for a plan.") int revision,
            @Said(value = "How it ended.", pattern = "deployed|unchanged|planned") String outcome,
            List<Planned> changes,
            List<Route> routes,
            List<String> urls,
            List<String> warnings,
            @Said("What took how long.") List<Step> steps,
            @Said("How far each gateway is.") List<Gateway> gateways) {}

    /** A difference to what is live. */
    record Planned(String kind, String what) {}

    /** A part of a deploy. */
    record Step(String name, @Said("Milliseconds.") long ms) {}

    /** A gateway. */
    record Gateway(
            String name,
            String address,
            @Said("Number of the last change that it serves.") long applied,
            Instant seenAt) {}

    /** A route. */
    record Route(
            String app,
            String host,
            String methods,
            String route,
            @Said("What answers; empty where this gateway does not serve it.") String target) {}

    /** Routes. */
    record RouteList(List<Route> routes) {}

    /** How an app's traffic is split. */
    record Traffic(@Said("Percent by revision.") Map<String, Integer> traffic) {}

    /** A gradual rollout. */
    record Canary(
            int revision,
            int percent,
            @Said(value = "Pause between two steps.", pattern = Times.DURATION) String step,
            String abortOn,
            Instant nextAt,
            String state) {}

    /** Variables that may be shown. */
    record Variables(Map<String, String> variables) {}

    /** Secrets, without values. */
    record Secrets(List<Secret> secrets) {}

    /** A secret, without its value. */
    record Secret(String name, @Said("Of the key it is sealed with.") String keyId) {}

    /** Tokens. */
    record TokenList(List<TokenLine> tokens) {}

    /** A token, without its text. */
    record TokenLine(
            String id,
            String name,
            List<String> scopes,
            Instant createdAt,
            String createdBy,
            Instant expiresAt) {}

    /** A new token. */
    record Issued(
            String id,
            String name,
            List<String> scopes,
            Instant expiresAt,
            @Said("What a caller sends. Told once, here.") String text) {}

    /** What was revoked. */
    record Revoked(String id) {}

    /** How this server is. */
    record Status(
            String version,
            boolean ready,
            @Said("Why it is not quite well.") List<String> degraded,
            @Said(pattern = "ok|away") String database,
            @Said("Of the last change that is served here.") long number,
            @Said("Where functions are served; empty before.") String listen,
            @Said("Those that are awake here.") List<Function> functions,
            List<Gateway> gateways) {}

    /** A function that is awake. */
    record Function(
            String app,
            String function,
            long revision,
            String tier,
            int idle,
            int running,
            int queued,
            long runs,
            long refusals,
            long memoryBytes) {}

    /** How this server stands, for who sends it requests or starts it anew. */
    record Health(
            @Said("live; ready, degraded, starting or draining.") String status,
            @Said("Why it is no more than that; degraded serves on.") List<String> reasons) {}

    /** Kafka triggers. */
    record TriggerList(
            @Said(
                            value = "Whether this gateway's brokers answer; none if it has none.",
                            pattern = "ok|away|none")
                    String brokers,
            List<Trigger> triggers) {}

    /** A Kafka trigger, as this gateway has it. */
    record Trigger(
            String app,
            String function,
            @Said("The one that records run on.") long revision,
            String group,
            @Said("Those that this gateway has.") List<TriggerPartition> partitions,
            @Said("Records that the function took.") long succeeded,
            @Said("Records that went to the dead-letter topic.") long deadLetters,
            @Said("Records that failed and were passed over.") long skipped,
            long failedAttempts,
            @Said("Records written to the output topic.") long produced,
            @Said("Times that partitions came or went.") long rebalances) {}

    /** A partition of a Kafka trigger. */
    record TriggerPartition(
            String topic,
            int partition,
            @Said(pattern = "running|paused|stopped") String state,
            @Said("Why it is stopped; empty otherwise.") String reason,
            @Said("Where a restart begins, if anything is committed.") Optional<Long> committed,
            @Said("Records that are not committed, as far as known.") long lag,
            @Said("Records begun and not committed.") int inFlight,
            @Said("Records that wait for another attempt.") int retrying,
            @Said("Attempts that failed, since this gateway is subscribed.") long failedAttempts,
            @Said("Records that went to the dead-letter topic, likewise.") long deadLetters) {}

    /** Dead letters, the newest first. */
    record DeadLetterList(List<DeadLetterLine> deadLetters) {}

    /** A dead letter, without its value. */
    record DeadLetterLine(
            String topic,
            int partition,
            long offset,
            Instant at,
            @Said("The original key, if it is text.") Optional<String> key,
            @Said("Why it is here, by name.") Map<String, String> evidence) {}

    /** A dead letter. */
    record DeadLetter(
            String topic,
            int partition,
            long offset,
            Instant at,
            Optional<RecordBytes> key,
            @Said("The original value; missing for a tombstone.") Optional<RecordBytes> value,
            @Said("The original ones.") List<RecordHeader> headers,
            @Said("Why it is here, by name.") Map<String, String> evidence) {}

    /** Bytes of a record. */
    record RecordBytes(String base64, @Said("The same, if it is UTF-8.") Optional<String> text) {}

    /** A header of a record. */
    record RecordHeader(String name, RecordBytes value) {}

    /** What was sent again. */
    record Replay(
            @Said("The dead letter: topic, partition and offset.") String from,
            @Said("The new record; missing in the answer to a repeated request.")
                    Optional<String> to) {}

    /** Log lines of this gateway. */
    record Logs(
            List<Line> lines,
            @Said("What to give as after to go on.") long next,
            @Said("Which gateway this is, by an id that is new at each start.") String gateway) {}

    /** Log lines of all gateways. */
    record AllLogs(
            List<GatewayLine> lines,
            @Said("What to give as after to go on.") String next,
            @Said("How many gateways there are.") int gateways,
            @Said("Gateways whose lines are missing.") List<Silent> silent) {}

    /** A log line, and which gateway has it. */
    record GatewayLine(
            Instant at,
            String gateway,
            String app,
            long revision,
            String function,
            String requestId,
            String line) {}

    /** A gateway that said nothing. */
    record Silent(String gateway, @Said("Why.") String reason) {}

    /** A log line. */
    record Line(
            Instant at,
            String app,
            long revision,
            String function,
            String requestId,
            String line) {}

    /** Lines of the audit log, the newest first. */
    record Audit(List<Change> changes) {}

    /** A line of the audit log. */
    record Change(
            long number,
            Instant at,
            String who,
            String action,
            String app,
            int revision,
            String detail) {}

    /** What key rotation did. */
    record Rotated(@Said("Secrets that were sealed anew.") int sealed) {}
}
