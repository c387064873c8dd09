package dev.mayfly.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.guests.EchoReport;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PROXY headers over real sockets, before real guests. */
class ProxyProtocolIT {
    private static final String GET = "GET /?env HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static final byte[] SIGNATURE = {
        0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
    };
    private static final int RUNS = Integer.getInteger("mayfly.fuzz.runs", 150);

    @TempDir Path folder;
    private Gateway gateway;
    private int port;

    @BeforeEach
    void open() {
        gateway = serve("127.0.0.1");
    }

    private Gateway serve(String trusted) {
        Gateway opened =
                Gateway.open(
                        PlayedServer.settings(
                                folder, "proxy_protocol", "true", "trusted_proxies", trusted));
        AppFolder files = new AppFolder(folder.resolve("app")).with("echo-c");
        opened.deploy(files.app(AppFolder.function("/...", "echo-c")));
        port = ((Binding.Bound) opened.listen()).address().port();
        return opened;
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private String send(byte[] bytes) {
        try (RawClient client = new RawClient(port)) {
            return client.send(bytes).readAll();
        }
    }

    private String send(String header) {
        return send((header + GET).getBytes(ISO_8859_1));
    }

    private static EchoReport report(String answer) {
        return Answer.of(answer).report();
    }

    @Test
    @Tag("env.REMOTE_ADDR")
    void aHeaderOfEitherVersionSaysWhoTheClientIs() {
        EchoReport first = report(send("PROXY TCP4 203.0.113.9 198.51.100.1 4711 443\r\n"));
        assertThat(first.environment())
                .containsEntry("REMOTE_ADDR", "203.0.113.9")
                .containsEntry("REMOTE_PORT", "4711")
                .containsEntry("SERVER_PORT", "443");
        EchoReport sixth = report(send("PROXY TCP6 2001:db8::9 2001:db8::1 4711 443\r\n"));
        assertThat(sixth.environment()).containsEntry("REMOTE_ADDR", "2001:db8:0:0:0:0:0:9");
        EchoReport second = report(send(version2(0x21, 0x11, new byte[0])));
        assertThat(second.environment())
                .containsEntry("REMOTE_ADDR", "203.0.113.9")
                .containsEntry("REMOTE_PORT", "4711");
    }

    /** A header of version 2 for 203.0.113.9:4711, and a request. */
    private static byte[] version2(int command, int family, byte[] extras) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(SIGNATURE);
        all.write(command);
        all.write(family);
        int length = 12 + extras.length;
        all.write(length >> 8);
        all.write(length);
        all.writeBytes(new byte[] {(byte) 203, 0, 113, 9, (byte) 198, 51, 100, 1});
        all.writeBytes(new byte[] {4711 >> 8, (byte) 4711, 443 >> 8, (byte) 443});
        all.writeBytes(extras);
        all.writeBytes(GET.getBytes(ISO_8859_1));
        return all.toByteArray();
    }

    @Test
    void aProxyThatSpeaksForItselfIsTheClient() {
        for (String answer :
                new String[] {send("PROXY UNKNOWN\r\n"), send(version2(0x20, 0x00, new byte[0]))}) {
            assertThat(report(answer).environment()).containsEntry("REMOTE_ADDR", "127.0.0.1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "PROXY TCP4 203.0.113.9 198.51.100.1 4711\r\n",
                "PROXY TCP4 203.0.113.999 198.51.100.1 4711 443\r\n",
                "PROXY TCP4 a b 1 2\r\n",
                "PROXY TCP4 203.0.113.9 198.51.100.1 99999 443\r\n",
                "PROXY\r\n",
                "proxy TCP4 203.0.113.9 198.51.100.1 4711 443\r\n"
            })
    void aTrustedProxyWithoutAReadableHeaderIsNotAnswered(String header) {
        assertThat(send(header)).doesNotContain("200 OK");
    }

    @Test
    @Tag("limit:ProxyHeaders.MOST_EXTRAS")
    void aHeaderWithMoreThanItMaySayIsNotAnswered() {
        assertThat(send(version2(0x21, 0x11, extras(4096)))).startsWith("HTTP/1.1 200");
        assertThat(send(version2(0x21, 0x11, extras(4400)))).doesNotContain("200 OK");
    }

    /** One TLV of no meaning, {@code length} bytes with its own head. */
    private static byte[] extras(int length) {
        byte[] extras = new byte[length];
        extras[0] = 0x04;
        extras[1] = (byte) ((length - 3) >> 8);
        extras[2] = (byte) (length - 3);
        return extras;
    }

    @Test
    void fromAnybodyElseAHeaderIsAMalformedRequestAndNoneIsNeeded() {
        gateway.close();
        gateway = serve("192.0.2.1");
        assertThat(send("PROXY TCP4 203.0.113.9 198.51.100.1 4711 443\r\n"))
                .startsWith("HTTP/1.0 400");
        assertThat(report(send("")).environment()).containsEntry("REMOTE_ADDR", "127.0.0.1");
    }

    @Test
    void hostileHeadersHarmNobody() {
        long seed = Long.getLong("mayfly.fuzz.seed", new Random().nextLong());
        System.out.println("PROXY headers: -Dmayfly.fuzz.seed=" + seed);
        Random random = new Random(seed);
        byte[][] good = {
            version2(0x21, 0x11, extras(40)),
            ("PROXY TCP4 203.0.113.9 198.51.100.1 4711 443\r\n" + GET).getBytes(ISO_8859_1)
        };
        for (int i = 0; i < RUNS; i++) {
            byte[] bytes = good[random.nextInt(2)].clone();
            int changes = 1 + random.nextInt(4);
            for (int j = 0; j < changes; j++) {
                bytes[random.nextInt(Math.min(bytes.length, 70))] = (byte) random.nextInt();
            }
            try (RawClient client = new RawClient(port)) {
                client.send(bytes).finish().readAll();
            }
        }
        assertThat(report(send("PROXY TCP4 203.0.113.9 198.51.100.1 4711 443\r\n")).environment())
                .containsEntry("REMOTE_ADDR", "203.0.113.9");
        await().until(() -> gateway.stats().runningSandboxes() == 0);
    }
}
