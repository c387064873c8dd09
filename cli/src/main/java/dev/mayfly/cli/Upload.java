package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings files to a server, each once, in pieces.
 *
 * <pre>
 *   ask what is missing ─► for each: where did it end? ─► piece ─► piece ─► … ─► complete
 *                                          ▲                │
 *                                          └── wait ◄───────┘ broken connection, or another offset
 * </pre>
 *
 * The server knows how much of a file it has, so what breaks goes on from there, also in another
 * run of the command. It checks the digest when the last piece is there.
 */
final class Upload {
    /** The server takes no larger ones. */
    static final int PIECE = 4 << 20;

    /** Without a byte of progress between them. */
    private static final int TRIES = 6;

    private static final long UNKNOWN = -1;

    /** A structured header's true. */
    private static final Optional<String> COMPLETE = Optional.of("?1");

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Session session;

    Upload(Session session) {
        this.session = session;
    }

    /** Sends what the server lacks. */
    void send(Collection<Artifact> artifacts) throws IOException {
        List<Artifact> missing = missing(artifacts);
        long bytes = missing.stream().mapToLong(Artifact::size).sum();
        try (Progress progress = progress(bytes)) {
            for (Artifact artifact : missing) {
                progress.begin(artifact.path(), artifact.size());
                send(artifact, progress);
            }
        }
    }

    private Progress progress(long bytes) {
        return session.surroundings().progress()
                ? new BarProgress(session.surroundings(), bytes)
                : new LineProgress(session.surroundings());
    }

    private List<Artifact> missing(Collection<Artifact> artifacts) throws IOException {
        Map<String, Artifact> byDigest = new LinkedHashMap<>();
        artifacts.forEach(artifact -> byDigest.putIfAbsent(artifact.digest(), artifact));
        if (byDigest.isEmpty()) {
            return List.of();
        }
        Map<String, Object> question = Map.of("digests", List.copyOf(byDigest.keySet()));
        JsonNode answer = session.change("POST", ApiPath.of("artifacts", "missing"), question);
        Set<String> lacking = new HashSet<>();
        answer.path("missing").forEach(digest -> lacking.add(digest.asText()));
        List<Artifact> missing = new ArrayList<>(byDigest.values());
        missing.removeIf(artifact -> !lacking.contains(artifact.digest()));
        return missing;
    }

    /** Counts the failures since the last byte that came further than any before. */
    private void send(Artifact artifact, Progress progress) throws IOException {
        Step step = new Step.At(artifact.size() > PIECE ? UNKNOWN : 0);
        long furthest = UNKNOWN;
        int failures = 0;
        while (step instanceof Step.At(long from)) {
            progress.reached(Math.max(from, 0));
            failures = from > furthest ? 0 : failures + 1;
            furthest = Math.max(from, furthest);
            step = attempt(artifact, from, failures, progress);
        }
        progress.reached(artifact.size());
    }

    /** Where an upload stands. */
    private sealed interface Step {
        /** So many bytes are there. */
        record At(long offset) implements Step {}

        /** All of them are, and they are the right ones. */
        record Complete() implements Step {}
    }

    private Step attempt(Artifact artifact, long from, int failures, Progress progress)
            throws IOException {
        try {
            return from == UNKNOWN ? stored(artifact) : piece(artifact, from, failures);
        } catch (RefusedException | ChangedFileException end) {
            throw end;
        } catch (IOException broken) {
            if (failures >= TRIES) {
                throw broken;
            }
            progress.again("the connection broke; going on where it ended");
            pause(failures);
            return new Step.At(UNKNOWN);
        }
    }

    private Step piece(Artifact artifact, long from, int failures) throws IOException {
        byte[] bytes = read(artifact, from);
        Call call = Call.of("PUT", path(artifact), Call.Body.bytes(bytes));
        if (artifact.size() > 0) {
            long last = from + bytes.length - 1;
            call = call.with("Content-Range", "bytes " + from + "-" + last + "/" + artifact.size());
        }
        return switch (session.client().send(call)) {
            case Reply.Done done when done.status() == 202 ->
                    new Step.At(offset(done, from + bytes.length));
            case Reply.Done _ -> new Step.Complete();
            case Reply.Refused(ApiProblem problem)
                    when problem.is("wrong-offset") && failures < TRIES ->
                    new Step.At(problem.document().path("offset").asLong());
            case Reply.Refused(ApiProblem problem) when problem.is("digest-mismatch") ->
                    throw new ChangedFileException(artifact);
            case Reply.Refused(ApiProblem problem) ->
                    throw new RefusedException(problem, artifact.path());
        };
    }

    /** {@return how much of it the server has} */
    private Step stored(Artifact artifact) throws IOException {
        return switch (session.client().send(Call.bare("HEAD", path(artifact)))) {
            case Reply.Done done when done.header("Upload-Complete").equals(COMPLETE) ->
                    new Step.Complete();
            case Reply.Done done -> new Step.At(offset(done, 0));
            case Reply.Refused(ApiProblem problem) when problem.status() == 404 -> new Step.At(0);
            case Reply.Refused(ApiProblem problem) ->
                    throw new RefusedException(problem, artifact.path());
        };
    }

    private static long offset(Reply.Done done, long otherwise) {
        return done.header("Upload-Offset").map(Long::parseLong).orElse(otherwise);
    }

    private static String path(Artifact artifact) {
        return ApiPath.of("artifacts", artifact.digest());
    }

    /** Through a channel: the file may lie in an archive. */
    private static byte[] read(Artifact artifact, long from) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE, artifact.size() - from));
        try (SeekableByteChannel file = Files.newByteChannel(artifact.file())) {
            file.position(from);
            while (piece.hasRemaining()) {
                if (file.read(piece) < 0) {
                    throw new ChangedFileException(artifact);
                }
            }
        }
        return piece.array();
    }

    /** What is sent is not what was hashed. */
    private static final class ChangedFileException extends IOException {
        private static final long serialVersionUID = 1;

        ChangedFileException(Artifact artifact) {
            super(artifact.path() + " changed while it was uploaded; try again when it is done");
        }
    }

    private static void pause(int failures) throws IOException {
        try {
            Thread.sleep(PAUSE.multipliedBy(1L << failures));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
