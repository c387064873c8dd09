package dev.mayfly.server;

import dev.mayfly.gateway.AdminRequest;
import dev.mayfly.registry.Artifacts;
import dev.mayfly.registry.Digest;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.UploadResult;
import dev.mayfly.server.Kind.Extra;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Artifacts by digest, uploaded in pieces that may come again. */
final class ArtifactCalls {
    private static final String ARTIFACT = "/v1/artifacts/{digest}";

    private final Registry registry;

    ArtifactCalls(Registry registry) {
        this.registry = registry;
    }

    private Artifacts artifacts() {
        return registry.artifacts();
    }

    List<Endpoint> endpoints() {
        return List.of(
                Endpoint.post(
                                "/v1/artifacts/missing",
                                Access.ANY_DEPLOY,
                                "Which of these are not stored; the others are kept for a while.",
                                this::missing)
                        .takes(Wish.DigestsWish.class)
                        .answers(200, View.Missing.class),
                Endpoint.of(
                                "HEAD",
                                ARTIFACT,
                                Access.ANY_DEPLOY,
                                "How far it is stored: Upload-Offset, Upload-Length and"
                                        + " Upload-Complete.",
                                this::progress)
                        .answers(200)
                        .refuses(Kind.NOT_FOUND),
                Endpoint.of(
                                "PUT",
                                ARTIFACT,
                                Access.ANY_DEPLOY,
                                "Adds a piece, at most 4 MiB, that Content-Range places; the whole"
                                        + " without.",
                                this::append)
                        .takesBytes()
                        .answers(201, View.Upload.class)
                        .answers(202, View.Upload.class)
                        .refuses(Kind.WRONG_OFFSET, Kind.DIGEST_MISMATCH, Kind.TOO_LARGE),
                Endpoint.get(ARTIFACT, Access.ADMIN, "The artifact's bytes.", this::bytes)
                        .answers(200)
                        .refuses(Kind.NOT_FOUND));
    }

    private Answer missing(Call call) {
        List<Digest> digests =
                call.body(Wish.DigestsWish.class).digests().stream().map(Digests::read).toList();
        return Answer.ok(new View.Missing(Digests.texts(artifacts().missing(digests))));
    }

    private Answer progress(Call call) {
        return artifacts()
                .find(call.digest())
                .map(ArtifactCalls::progress)
                .orElseGet(() -> unknown(call));
    }

    private static Answer progress(Artifacts.Stored stored) {
        return new Answer.Bare(
                200,
                Map.of(
                        "upload-offset", Long.toString(stored.stored()),
                        "upload-length", Long.toString(stored.size()),
                        "upload-complete", stored.complete() ? "?1" : "?0"));
    }

    private static Answer unknown(Call call) {
        return Answer.notFound("the artifact " + call.named("digest"));
    }

    private Answer append(Call call) {
        AdminRequest request = call.request();
        long length = request.body().length();
        if (length > Artifacts.PIECE) {
            return Answer.refused(
                    Refusal.of(
                            Kind.TOO_LARGE,
                            "a piece of " + length + " bytes (expected: at most 4 MiB)"));
        }
        return Piece.read(request)
                .map(piece -> told(call, piece))
                .orElseGet(ArtifactCalls::unplaced);
    }

    private static Answer unplaced() {
        return Answer.refused(
                Refusal.invalid(
                        "Content-Range",
                        "expected: bytes <first>-<last>/<size>, as long as the body",
                        "correct the header"));
    }

    private Answer told(Call call, Piece piece) {
        UploadResult result =
                artifacts()
                        .append(call.digest(), piece.size(), piece.offset(), bytes(call.request()));
        return switch (result) {
            case UploadResult.Complete() -> uploaded(201, call, piece.size(), true);
            case UploadResult.Continue(long offset) -> uploaded(202, call, offset, false);
            case UploadResult.WrongOffset(long offset) ->
                    Answer.refused(
                            Refusal.of(
                                    Kind.WRONG_OFFSET,
                                    "the next piece begins at " + offset,
                                    new Extra.Offset(offset)));
            case UploadResult.Mismatch(Digest actual) ->
                    Answer.refused(
                            Refusal.of(
                                    Kind.DIGEST_MISMATCH,
                                    "all bytes came, but they are others; upload it anew",
                                    new Extra.Actual(Digests.text(actual))));
            case UploadResult.WrongSize(long size) ->
                    Answer.refused(
                            Refusal.invalid(
                                    "Content-Range",
                                    "another size than before, or a piece beyond it (expected: "
                                            + size
                                            + ")",
                                    "send the same size with every piece"));
            case UploadResult.TooLarge(long limit) ->
                    Answer.refused(
                            Refusal.of(
                                    Kind.TOO_LARGE,
                                    "an artifact of "
                                            + piece.size()
                                            + " bytes (expected: at most "
                                            + limit
                                            + ")"));
        };
    }

    private static byte[] bytes(AdminRequest request) {
        try {
            return request.body().bytes().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("a piece could not be read", e);
        }
    }

    private static Answer uploaded(int status, Call call, long offset, boolean complete) {
        return new Answer.Shown(
                status,
                Map.of(
                        "upload-offset",
                        Long.toString(offset),
                        "upload-complete",
                        complete ? "?1" : "?0"),
                new View.Upload(call.named("digest"), offset, complete));
    }

    private Answer bytes(Call call) {
        Optional<Answer> whole =
                artifacts()
                        .find(call.digest())
                        .filter(Artifacts.Stored::complete)
                        .flatMap(stored ->
                                artifacts()
                                        .open(call.digest())
                                        .map(bytes -> new Answer.Bytes(stored.size(), bytes)));
        return whole.orElseGet(() -> unknown(call));
    }
}
