package dev.mayfly.server;

import dev.mayfly.gateway.AdminAnswer;
import dev.mayfly.gateway.AdminAnswer.Content;
import dev.mayfly.gateway.AdminHandler;
import dev.mayfly.gateway.AdminRequest;
import dev.mayfly.registry.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The console: a page for people who would rather look than read, beside the API that it asks. Its
 * files are resources beside this class and the same for everybody, so they need no token; what
 * they show the API tells, to the token that is typed in. See docs/adr/0066.
 *
 * <pre>
 *   /, /console/ ─► redirect        /console ─► index.html
 *   /console/*   ─► a file          all else ─► the API
 * </pre>
 */
final class Console implements AdminHandler {
    private static final String PAGE = "/console";

    /** Nothing from elsewhere, nothing inline, and no text that becomes markup. */
    private static final String POLICY =
            String.join(
                    "; ",
                    "default-src 'none'",
                    "script-src 'self'",
                    "style-src 'self'",
                    "connect-src 'self'",
                    "img-src 'self'",
                    "frame-ancestors 'none'",
                    "base-uri 'none'",
                    "form-action 'none'",
                    "require-trusted-types-for 'script'",
                    "trusted-types 'none'");

    private static final Map<String, String> FIELDS =
            Map.of(
                    "cache-control", "no-cache",
                    "content-security-policy", POLICY,
                    "cross-origin-opener-policy", "same-origin",
                    "cross-origin-resource-policy", "same-origin",
                    "referrer-policy", "no-referrer",
                    "x-content-type-options", "nosniff");

    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*\\.(css|html|js|svg)");

    private static final Map<String, String> TYPES =
            Map.of(
                    "css", "text/css; charset=utf-8",
                    "html", "text/html; charset=utf-8",
                    "js", "text/javascript; charset=utf-8",
                    "svg", "image/svg+xml");

    private final AdminHandler api;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();

    Console(AdminHandler api) {
        this.api = api;
    }

    /**
     * A file.
     *
     * @param type of it
     * @param tag names its bytes
     * @param bytes all of it
     */
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    private record Page(String type, String tag, byte[] bytes) {}

    @Override
    public AdminAnswer answer(AdminRequest request) {
        String path = request.target().path();
        return switch (path) {
            case "/" -> looked(request, () -> moved("console"));
            case PAGE + "/" -> looked(request, () -> moved("../console"));
            case PAGE -> looked(request, () -> file("index.html", request));
            default ->
                    path.startsWith(PAGE + "/")
                            ? looked(
                                    request, () -> file(path.substring(PAGE.length() + 1), request))
                            : api.answer(request);
        };
    }

    /** What is only looked at. */
    @FunctionalInterface
    private interface Look {
        AdminAnswer answer();
    }

    private static AdminAnswer looked(AdminRequest request, Look look) {
        return List.of("GET", "HEAD").contains(request.method())
                ? look.answer()
                : Answers.rendered(
                        Answer.refused(
                                Refusal.of(
                                                Kind.METHOD_NOT_ALLOWED,
                                                "this path does not take the method")
                                        .with("allow", "GET, HEAD")),
                        request);
    }

    /** Relative, as all addresses of the console: a proxy may have put a prefix before it. */
    private static AdminAnswer moved(String where) {
        Map<String, String> fields = new HashMap<>(FIELDS);
        fields.put("location", where);
        return new AdminAnswer(302, fields, new Content.Whole(new byte[0]));
    }

    private AdminAnswer file(String name, AdminRequest request) {
        Matcher known = NAME.matcher(name);
        return known.matches()
                ? page(name, known.group(1))
                        .map(page -> shown(page, request))
                        .orElseGet(() -> missing(request))
                : missing(request);
    }

    private static AdminAnswer missing(AdminRequest request) {
        return Answers.rendered(Answer.notFound("this path"), request);
    }

    private Optional<Page> page(String name, String kind) {
        return Optional.ofNullable(pages.get(name)).or(() -> read(name, kind));
    }

    private Optional<Page> read(String name, String kind) {
        try (InputStream in = Console.class.getResourceAsStream("console/" + name)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            String tag = '"' + Digest.of(bytes).hex().substring(0, 32) + '"';
            Page page = new Page(TYPES.getOrDefault(kind, ""), tag, bytes);
            pages.put(name, page);
            return Optional.of(page);
        } catch (IOException e) {
            throw new UncheckedIOException("the console's " + name, e);
        }
    }

    private static AdminAnswer shown(Page page, AdminRequest request) {
        Map<String, String> fields = new HashMap<>(FIELDS);
        fields.put("etag", page.tag());
        if (request.field("if-none-match")
                .filter(known -> known.contains(page.tag()))
                .isPresent()) {
            return new AdminAnswer(304, fields, new Content.Whole(new byte[0]));
        }
        fields.put("content-type", page.type());
        return new AdminAnswer(200, fields, new Content.Whole(page.bytes()));
    }
}
