package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How far somebody has read, as text that comes back; and whom a token may be sent to. */
class LogCursorTest {
    private static final Instant BEGUN = Instant.parse("2026-01-31T12:00:00.123Z");

    @Test
    void whatIsWrittenIsReadAgain() {
        LogCursor cursor =
                new LogCursor(
                        BEGUN,
                        Map.of(
                                "http://10.0.0.1:3001", new LogCursor.Read(12, false),
                                "https://[::1]:1", new LogCursor.Read(Long.MAX_VALUE / 10, true)));
        assertThat(cursor.text()).matches(LogCursor.FORM);
        assertThat(LogCursor.of(cursor.text())).contains(cursor);
    }

    @Test
    void aGatewayThatCameLaterIsReadFromTheBeginningOfTheReading() {
        LogCursor cursor =
                new LogCursor(BEGUN, Map.of("http://10.0.0.1:1", new LogCursor.Read(12, false)));
        assertThat(cursor.after("http://10.0.0.1:1")).isEqualTo(12);
        assertThat(cursor.after("http://10.0.0.2:1")).isEqualTo(LogCursor.LATE);
        assertThat(LogCursor.begin().after("http://10.0.0.2:1")).isZero();
    }

    @Test
    void aCursorOfAsManyGatewaysAsAreAskedFitsIntoARequest() {
        Map<String, LogCursor.Read> read = new HashMap<>();
        for (int i = 0; i < Peers.MOST_PEERS + 2; i++) {
            read.put(
                    "https://gateway-" + i + ".gateways.mayfly.svc.cluster.local:3001",
                    new LogCursor.Read(1_790_000_000_000_000L + i, true));
        }
        assertThat(new LogCursor(BEGUN, read).text()).matches(LogCursor.FORM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "bm8", "MTIz!", "MTIzCng", "", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTA"})
    void whatNobodyHereWroteIsNoCursor(String text) {
        assertThat(LogCursor.of(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "10.1.2.3, true",
        "172.16.0.1, true",
        "192.168.1.1, true",
        "169.254.1.1, true",
        "100.64.0.1, true",
        "fd00::1, true",
        "fe80::1, true",
        "::1, true",
        "100.128.0.1, false",
        "172.32.0.1, false",
        "8.8.8.8, false",
        "2001:db8::1, false",
    })
    void aTokenGoesInTheClearToPrivateAddressesOnly(String address, boolean isPrivate)
            throws UnknownHostException {
        assertThat(Peers.isPrivate(InetAddress.ofLiteral(address))).isEqualTo(isPrivate);
    }
}
