package dev.mayfly.http;

import dev.mayfly.http.FileLookup.Located;
import dev.mayfly.http.ResponseHead.Field;
import dev.mayfly.manifest.HttpRoute.Target;
import dev.mayfly.manifest.RoutePattern;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a folder. Looking a file up waits for the disk, so it happens on a virtual thread of its
 * own, never on the event loop.
 *
 * <p>A path that ends in a slash means the folder's {@code index.html}; a folder without the slash
 * is redirected to it. Names that start with a dot are hidden ({@code .well-known} at the top is
 * not), and so is all that lies outside the folder, whatever links lead there.
 */
final class FilesAnswer implements Answer {
    private static final Logger LOG = LoggerFactory.getLogger(FilesAnswer.class);

    private static final byte[] NOTHING = {};

    private final Target.Files files;
    private final RoutePattern pattern;
    private final Answers answers;
    private final FileLookup lookup;
    private final Wiring wiring;

    FilesAnswer(Target.Files files, Path folder, RoutePattern pattern, Wiring wiring) {
        this.files = files;
        this.pattern = pattern;
        this.wiring = wiring;
        this.answers = wiring.answers();
        lookup = new FileLookup(folder.resolve(files.source()));
    }

    @Override
    public void answer(Dispatch dispatch, RequestView request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            Field allow = answers.field("allow", "GET, HEAD");
            dispatch.problem(request, 405, "files are read with GET and HEAD", allow);
        } else {
            Thread.ofVirtual().name("files").start(() -> serve(dispatch, request));
        }
    }

    private void serve(Dispatch dispatch, RequestView request) {
        try {
            switch (lookup.locate(rest(request.path()))) {
                case Located.Regular(Path file) -> send(dispatch, request, file, 200);
                case Located.NeedsSlash() -> addSlash(dispatch, request);
                case Located.Nowhere() -> nowhere(dispatch, request);
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("request {}: {} cannot be served", request.id(), request.path(), e);
            dispatch.problem(request, 500, "the file cannot be read");
        }
    }

    /** {@return what {@code /...} matched; empty for a route without it} */
    private String rest(String path) {
        if (!pattern.open()) {
            return "";
        }
        int start = 0;
        for (int i = pattern.segments().size(); i > 0; i--) {
            int slash = path.indexOf('/', start + 1);
            start = slash < 0 ? path.length() : slash;
        }
        return path.substring(start);
    }

    private void addSlash(Dispatch dispatch, RequestView request) {
        String query = request.query().isEmpty() ? "" : "?" + request.query();
        // A path that begins with two slashes would name another host.
        String path = request.path().replaceFirst("^/+", "/");
        Field location = answers.field("location", path + "/" + query);
        ResponseHead head = new ResponseHead(301, List.of(location));
        answers.send(dispatch.exchange(), head, new byte[0], 0, 0);
    }

    private void nowhere(Dispatch dispatch, RequestView request) throws IOException {
        Optional<Path> fallback = named(files.fallback());
        Optional<Path> notFound = named(files.notFound());
        if (fallback.isPresent()) {
            send(dispatch, request, fallback.get(), 200);
        } else if (notFound.isPresent()) {
            send(dispatch, request, notFound.get(), 404);
        } else {
            dispatch.problem(request, 404, "nothing is served here");
        }
    }

    private Optional<Path> named(Optional<String> name) throws IOException {
        if (name.isEmpty()) {
            return Optional.empty();
        }
        String raw = Escapes.asBytes(name.get()).replace("%", "%25");
        return lookup.locate("/" + raw) instanceof Located.Regular(Path file)
                ? Optional.of(file)
                : Optional.empty();
    }

    private void send(Dispatch dispatch, RequestView request, Path file, int status)
            throws IOException {
        Representation chosen = Representation.choose(file, request.head().headers());
        FileReply reply = FileReply.to(request.head().headers(), chosen, status);
        Exchange exchange = dispatch.exchange();
        ResponseHead head = new ResponseHead(reply.status(), fields(chosen, reply));
        if (compresses(chosen, request.head().headers())) {
            sendCompressed(dispatch, chosen, reply, head);
        } else if (dispatch.headOnly() && reply.status() != 304) {
            ResponseHead whole = answers.withLength(head, reply.length());
            exchange.respond(whole, new byte[0], 0, 0);
        } else if (reply.length() == 0) {
            exchange.respond(head, new byte[0], 0, 0);
        } else {
            exchange.respondFile(head, chosen.file(), reply.offset(), reply.length());
        }
    }

    /**
     * {@return whether a form is made of the file for this client, or would be if it had not asked
     * for a part, for the head alone, or for what it knows already}
     */
    private boolean compresses(Representation file, HeaderFields request) {
        return wiring.compressesStatic()
                && file.coding().isEmpty()
                && file.size() >= Gzip.LEAST
                && file.size() <= CompressedFiles.LARGEST
                && request.first("accept-encoding") != null
                && Gzip.isText(file.mediaType());
    }

    private void sendCompressed(
            Dispatch dispatch, Representation file, FileReply reply, ResponseHead head)
            throws IOException {
        Exchange exchange = dispatch.exchange();
        boolean welcome = AcceptedCodings.of(exchange.head().headers()).prefer(Gzip.CODING);
        ResponseHead varied = file.varies() ? head : Gzip.plain(head, answers);
        if (reply.status() == 304) {
            exchange.respond(welcome ? Gzip.weakened(varied, answers) : varied, NOTHING, 0, 0);
        } else if (dispatch.headOnly()) {
            exchange.respond(answers.withLength(varied, reply.length()), NOTHING, 0, 0);
        } else if (welcome && reply.length() == file.size() && Gzip.suits(head)) {
            byte[] form = wiring.files().form(file);
            exchange.respond(Gzip.compressed(head, answers), form, 0, form.length);
        } else if (reply.length() == 0) {
            exchange.respond(varied, NOTHING, 0, 0);
        } else {
            exchange.respondFile(varied, file.file(), reply.offset(), reply.length());
        }
    }

    private List<Field> fields(Representation chosen, FileReply reply) {
        return new FileFields(answers).of(chosen, reply, files.cacheControl());
    }
}
