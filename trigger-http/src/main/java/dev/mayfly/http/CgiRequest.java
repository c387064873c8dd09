package dev.mayfly.http;

import static dev.mayfly.http.Variables.name;

import dev.mayfly.manifest.ArgvTemplate;
import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.RoutePattern;
import dev.mayfly.manifest.RoutePattern.Segment;
import dev.mayfly.pool.StringBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Tells functions about requests of one route: environment and arguments, docs/contract.md. What is
 * the same for every request is rendered once, here; the rest goes from the request's own text into
 * the guest's block without a copy between.
 */
final class CgiRequest {
    private static final byte[] SERVER_PROTOCOL = name("SERVER_PROTOCOL");
    private static final byte[] SERVER_NAME = name("SERVER_NAME");
    private static final byte[] SERVER_PORT = name("SERVER_PORT");
    private static final byte[] REQUEST_METHOD = name("REQUEST_METHOD");
    private static final byte[] SCRIPT_NAME = name("SCRIPT_NAME");
    private static final byte[] PATH_INFO = name("PATH_INFO");
    private static final byte[] PATH_TRANSLATED = name("PATH_TRANSLATED");
    private static final byte[] X_RAW_PATH_INFO = name("X_RAW_PATH_INFO");
    private static final byte[] QUERY_STRING = name("QUERY_STRING");
    private static final byte[] CONTENT_LENGTH = name("CONTENT_LENGTH");
    private static final byte[] CONTENT_TYPE = name("CONTENT_TYPE");
    private static final byte[] REMOTE_ADDR = name("REMOTE_ADDR");
    private static final byte[] REMOTE_HOST = name("REMOTE_HOST");
    private static final byte[] REMOTE_PORT = name("REMOTE_PORT");
    private static final byte[] HTTPS = name("HTTPS");
    private static final byte[] X_CLIENT_ADDR = name("X_CLIENT_ADDR");
    private static final byte[] X_FULL_URL = name("X_FULL_URL");
    private static final byte[] X_REQUEST_ID = name("X_REQUEST_ID");
    private static final byte[] TRACEPARENT = name("TRACEPARENT");
    private static final byte[] TRACESTATE = name("TRACESTATE");
    private static final byte[] HTTP_HOST = name("HTTP_HOST");

    private final RoutePattern pattern;
    private final ArgvTemplate argv;
    private final RenderedStrings constants;
    // By segment of the pattern; null where it is a literal.
    private final List<byte @Nullable []> parameters = new ArrayList<>();

    CgiRequest(RoutePattern pattern, FunctionSpec spec, Wiring wiring) {
        this.pattern = pattern;
        argv = spec.argv();
        constants = constants(pattern, spec, wiring.settings().serverSoftware());
        for (Segment segment : pattern.segments()) {
            parameters.add(
                    segment instanceof Segment.Parameter(String parameter)
                            ? name("X_PATH_MATCH_" + variable(parameter))
                            : null);
        }
    }

    private static String variable(String parameter) {
        return parameter.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static RenderedStrings constants(
            RoutePattern pattern, FunctionSpec spec, String serverSoftware) {
        String route = pattern.text();
        String component = pattern.open() ? route.substring(0, route.length() - 4) : route;
        List<String> strings = new ArrayList<>();
        strings.add("GATEWAY_INTERFACE=CGI/1.1");
        strings.add("SERVER_SOFTWARE=" + serverSoftware);
        strings.add("AUTH_TYPE=");
        strings.add("REMOTE_USER=");
        strings.add("X_MATCHED_ROUTE=" + route);
        strings.add("X_RAW_COMPONENT_ROUTE=" + route);
        strings.add("X_COMPONENT_ROUTE=" + component);
        strings.add("X_BASE_PATH=/");
        spec.environment().forEach((key, value) -> strings.add(key + "=" + value));
        return new RenderedStrings(strings);
    }

    void environment(StringBlock block, RequestView request, long bodyLength, RunTrace run) {
        constants.appendTo(block);
        Variables out = new Variables(block);
        server(out, request);
        path(out, request);
        body(out, request, bodyLength);
        client(out, request);
        trace(out, request, run);
        HeaderFields fields = request.head().headers();
        String pseudo = request.head().authority();
        if (pseudo != null && fields.first("host") == null) {
            out.put(HTTP_HOST, pseudo);
        }
        HeaderVariables.write(fields, request.redirected(), out);
    }

    private static void server(Variables out, RequestView request) {
        out.put(SERVER_PROTOCOL, request.head().protocol().text());
        out.put(SERVER_NAME, request.serverName());
        out.put(SERVER_PORT, request.serverPort());
        out.put(REQUEST_METHOD, request.method());
        out.put(QUERY_STRING, request.query());
        if (request.secure()) {
            out.put(HTTPS, "on");
        }
        out.url(
                X_FULL_URL,
                request.secure() ? "https" : "http",
                request.urlAuthority(),
                request.path(),
                request.query());
    }

    private void path(Variables out, RequestView request) {
        String path = request.path();
        int start = 0;
        for (byte[] parameter : parameters) {
            int slash = path.indexOf('/', start + 1);
            int end = slash < 0 ? path.length() : slash;
            if (parameter != null) {
                out.decoded(parameter, path, start + 1, end);
            }
            start = end;
        }
        int split = pattern.open() ? start : path.length();
        out.put(SCRIPT_NAME, path, 0, split);
        out.put(X_RAW_PATH_INFO, path, split, path.length());
        out.decoded(PATH_INFO, path, split, path.length());
        out.decoded(PATH_TRANSLATED, path, split, path.length());
    }

    private static void body(Variables out, RequestView request, long bodyLength) {
        if (bodyLength >= 0) {
            out.put(CONTENT_LENGTH, Long.toString(bodyLength));
        }
        CharSequence type = request.redirected() ? null : first(request, "content-type");
        if (type != null) {
            out.put(CONTENT_TYPE, type.toString());
        }
    }

    private static void client(Variables out, RequestView request) {
        String host = request.clientHost();
        int port = request.clientPort();
        out.put(REMOTE_ADDR, host);
        out.put(REMOTE_HOST, host);
        out.put(REMOTE_PORT, port);
        out.address(X_CLIENT_ADDR, Authority.bracketed(host), port);
    }

    private static void trace(Variables out, RequestView request, RunTrace run) {
        out.put(X_REQUEST_ID, request.id());
        out.traceParent(TRACEPARENT, run.trace(), run.span());
        if (!run.trace().state().isEmpty()) {
            out.put(TRACESTATE, run.trace().state());
        }
    }

    private static @Nullable CharSequence first(RequestView request, String name) {
        return request.head().headers().first(name);
    }

    void arguments(StringBlock block, RequestView request) {
        Arguments.write(argv, request, block);
    }
}
