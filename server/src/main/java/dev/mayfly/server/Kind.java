package dev.mayfly.server;

import java.util.List;
import java.util.Optional;

/** Kinds of problems that the API answers with, each with its status and what it tells besides. */
enum Kind {
    /** What was sent cannot be used. */
    INVALID(422, "invalid", "The request is not valid", Extra.Problems.class),
    /** Artifacts are not stored. */
    ARTIFACTS_MISSING(409, "artifacts-missing", "Artifacts are missing", Extra.Digests.class),
    /** Other apps have the routes. */
    ROUTES_TAKEN(409, "routes-taken", "Routes belong to other apps", Extra.Clashes.class),
    /** {@code If-Match} names another version. */
    STALE(412, "stale", "The app has changed meanwhile", Extra.Version.class),
    /** The key was used for another request. */
    KEY_REUSED(422, "idempotency-key-reused", "The idempotency key was used for another request"),
    /** The database does not answer. */
    DATABASE_AWAY(503, "database-away", "The database does not answer"),
    /** The Kafka brokers do not answer. */
    KAFKA_AWAY(503, "kafka-away", "The Kafka brokers do not answer"),
    /** Nothing there, or nothing that the caller may see. */
    NOT_FOUND(404, "not-found", "Not found"),
    /** No token, or none that is valid. */
    UNAUTHORIZED(401, "unauthorized", "A valid token is needed"),
    /** The token's scopes do not reach. */
    FORBIDDEN(403, "forbidden", "The token does not allow this", Extra.Needs.class),
    /** More bytes than are taken. */
    TOO_LARGE(413, "too-large", "Too large"),
    /** The piece belongs elsewhere. */
    WRONG_OFFSET(409, "wrong-offset", "The piece belongs elsewhere", Extra.Offset.class),
    /** The bytes are others than their name says. */
    DIGEST_MISMATCH(422, "digest-mismatch", "The bytes have another digest", Extra.Actual.class),
    /** The path does not take the method. */
    METHOD_NOT_ALLOWED(405, "", "Method Not Allowed"),
    /** The body is of another type. */
    UNSUPPORTED_TYPE(415, "", "Unsupported Media Type"),
    /** As many wait as may. */
    BUSY(503, "", "Service Unavailable"),
    /** A fault of ours. */
    FAILED(500, "", "Internal Server Error");

    private final int status;
    private final String slug;
    private final String title;
    private final Optional<Class<? extends Record>> extra;

    Kind(int status, String slug, String title) {
        this(status, slug, title, Optional.empty());
    }

    Kind(int status, String slug, String title, Class<? extends Record> extra) {
        this(status, slug, title, Optional.of(extra));
    }

    Kind(int status, String slug, String title, Optional<Class<? extends Record>> extra) {
        this.status = status;
        this.slug = slug;
        this.title = title;
        this.extra = extra;
    }

    int status() {
        return status;
    }

    /** {@return the value of {@code type}} */
    String type() {
        return slug.isEmpty() ? "about:blank" : "urn:mayfly:" + slug;
    }

    String title() {
        return title;
    }

    /** {@return what it tells beside the common members} */
    Optional<Class<? extends Record>> extra() {
        return extra;
    }

    /** Members beside the common ones. */
    sealed interface Extra {
        /** None. */
        record None() implements Extra {}

        /** Of {@link Kind#INVALID}. */
        record Problems(@Said("All of them.") List<dev.mayfly.manifest.Problem> problems)
                implements Extra {}

        /** Of {@link Kind#ARTIFACTS_MISSING}. */
        record Digests(List<String> digests) implements Extra {}

        /** Of {@link Kind#ROUTES_TAKEN}. */
        record Clashes(List<ClashView> clashes) implements Extra {}

        /** A route that another app has. */
        record ClashView(
                String host,
                String pattern,
                String method,
                @Said("The app that has it; empty if the caller may not read it.") String app) {}

        /** Of {@link Kind#STALE}. */
        record Version(@Said("Where the app is; 0 when there is none.") long version)
                implements Extra {}

        /** Of {@link Kind#FORBIDDEN}. */
        record Needs(@Said("A scope that would do.") String needs) implements Extra {}

        /** Of {@link Kind#WRONG_OFFSET}. */
        record Offset(@Said("Where the next piece belongs.") long offset) implements Extra {}

        /** Of {@link Kind#DIGEST_MISMATCH}. */
        record Actual(@Said("The digest of what came.") String actual) implements Extra {}
    }
}
