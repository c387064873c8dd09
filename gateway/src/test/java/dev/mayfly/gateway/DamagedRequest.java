package dev.mayfly.gateway;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** A request with a few things wrong with it; the same for the same seed. */
final class DamagedRequest {
    private static final List<String> WHOLE =
            List.of(
                    "GET /g/a?text=x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                    "GET /s/1 HTTP/1.1\r\nHost: x\r\nX-A: b\r\nConnection: close\r\n\r\n",
                    "POST /g/b?echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhello",
                    "POST /g/c?stdin HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: u\r\n\r\n",
                    "POST /g/d HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\n"
                            + "Content-Length: 3\r\n\r\nabc",
                    "GET http://other:8080/s/2?q#f HTTP/1.1\r\nHost: x\r\n\r\n",
                    "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                    "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /g HTTP/1.0\r\nConnection: keep-alive\r\n\r\n",
                    "HEAD /s/3 HTTP/1.1\r\nHost: x\r\n\r\nGET /s/4 HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\n"
                            + "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n\r\n",
                    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0");

    private static final List<String> TOKENS =
            List.of(
                    "\r\n",
                    "\n",
                    "\r",
                    "\0",
                    ":",
                    " ",
                    "\t",
                    "%",
                    "%00",
                    "%zz",
                    "/../",
                    "//",
                    "?",
                    "Content-Length: 7\r\n",
                    "Transfer-Encoding: chunked\r\n",
                    "Host: y\r\n",
                    "X-Mayfly-A: b\r\n",
                    "X_Y: z\r\n",
                    ": empty\r\n",
                    " folded\r\n",
                    "ffffffffffffffff\r\n",
                    "-1",
                    "\u00ff\u00fe",
                    "HTTP/9.9",
                    "Expect: x\r\n",
                    "Upgrade: h2c\r\n",
                    "{}",
                    "[::1]",
                    "\u001b[31m");

    private final Random random;
    private final StringBuilder text;

    DamagedRequest(long seed) {
        random = new Random(seed * 0x9E3779B97F4A7C15L);
        text = new StringBuilder(pick(WHOLE));
        int wounds = random.nextInt(5);
        for (int i = 0; i < wounds; i++) {
            damage();
        }
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private void damage() {
        int at = random.nextInt(text.length() + 1);
        int end = Math.min(text.length(), at + random.nextInt(20));
        switch (random.nextInt(8)) {
            case 0 -> text.delete(at, end);
            case 1 -> text.insert(at, text.substring(at, end));
            case 2 -> text.insert(at, pick(TOKENS).repeat(1 + random.nextInt(3)));
            case 3 -> text.insert(at, (char) random.nextInt(256));
            case 4 -> text.setLength(at);
            case 5 -> text.insert(at, "a".repeat(random.nextInt(20_000)));
            case 6 -> text.append(pick(WHOLE));
            default -> {
                if (at < end) {
                    text.setCharAt(at, (char) random.nextInt(256));
                }
            }
        }
    }

    byte[] bytes() {
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
