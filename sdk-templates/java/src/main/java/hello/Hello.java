package hello;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import mayfly.Http;
import mayfly.Http.Request;
import mayfly.Http.Response;

/** A function is a program: one request, one run, on a fresh copy. */
public final class Hello {
    private Hello() {}

    public static void main(String[] arguments) {
        Http.serve(Hello::answer);
    }

    static Response answer(Request request) {
        return switch (request.path()) {
            case "/" -> welcome(request);
            case "/agent" -> agent(request);
            case "/echo" -> echo(request);
            case "/cookies" -> cookies(request);
            case "/teapot" -> Response.text(418, "short and stout\n");
            case "/fail" -> throw new IllegalStateException("giving up before there is an answer");
            default -> {
                System.err.println("no page " + request.path()); // a log line
                yield Response.text(404, "no page " + request.path() + "\n");
            }
        };
    }

    private static Response welcome(Request request) {
        return Response.text(
                200,
                request.variable("GREETING") + " from Java\n"
                        + "method: " + request.method() + "\n"
                        + "path: " + request.path() + "\n"
                        + "X-Request-Id: " + request.variable("X_REQUEST_ID") + "\n");
    }

    /** A header and the query, as they arrived. */
    private static Response agent(Request request) {
        return Response.text(
                200,
                "User-Agent: " + request.header("User-Agent") + "\n"
                        + "query: " + request.query() + "\n");
    }

    /** The body as a JSON string; one that is no UTF-8 is the caller's mistake. */
    private static Response echo(Request request) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(request.body());
            String body = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
            int length = request.body().length;
            return Response.json(200, "{\"bytes\":" + length + ",\"body\":" + quoted(body) + "}\n");
        } catch (CharacterCodingException e) {
            return Response.text(400, "the body is no UTF-8\n");
        }
    }

    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append("\\u00").append(c < 16 ? "0" : "").append(Integer.toHexString(c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }

    private static Response cookies(Request request) {
        return Response.text(200, "you sent: " + request.header("Cookie") + "\n")
                .with("Set-Cookie", "flavour=oat; Path=/")
                .with("Set-Cookie", "size=small; Path=/; HttpOnly");
    }
}
