package hello;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import mayfly.Http.Header;
import mayfly.Http.Request;
import mayfly.Http.Response;
import org.junit.jupiter.api.Test;

class HelloTest {
    private static Response answer(String path, byte[] body) {
        return Hello.answer(
                new Request(
                        Map.of(
                                "REQUEST_METHOD", "GET",
                                "PATH_INFO", path,
                                "GREETING", "hello",
                                "HTTP_COOKIE", "a=1"),
                        body));
    }

    private static Response answer(String path) {
        return answer(path, new byte[0]);
    }

    private static String text(Response response) {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    @Test
    void greets() {
        assertEquals("hello from Java\nmethod: GET\npath: /\nX-Request-Id: \n", text(answer("/")));
    }

    @Test
    void echoesTheBodyAsJson() {
        byte[] body = "a \"quoted\" Ω\n".getBytes(StandardCharsets.UTF_8);
        assertEquals(
                "{\"bytes\":14,\"body\":\"a \\\"quoted\\\" Ω\\u000a\"}\n", text(answer("/echo", body)));
    }

    @Test
    void refusesABodyThatIsNoUtf8() {
        assertEquals(400, answer("/echo", new byte[] {(byte) 0xff}).status());
    }

    @Test
    void setsTwoCookies() {
        Response response = answer("/cookies");
        assertEquals("you sent: a=1\n", text(response));
        assertEquals(
                List.of(
                        new Header("Content-Type", "text/plain; charset=utf-8"),
                        new Header("Set-Cookie", "flavour=oat; Path=/"),
                        new Header("Set-Cookie", "size=small; Path=/; HttpOnly")),
                response.headers());
    }

    @Test
    void hasStatusesOfItsOwn() {
        assertEquals(418, answer("/teapot").status());
        assertEquals(404, answer("/nowhere").status());
        assertThrows(IllegalStateException.class, () -> answer("/fail"));
    }
}
