package dev.mayfly.http;

import static dev.mayfly.http.TestHead.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.pool.Outcome;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardingTest {
    private static Map<String, String> seen(TestHead head, String... trusted)
            throws InterruptedException {
        AtomicReference<Map<String, String>> seen = new AtomicReference<>(Map.of());
        TestApp.any(
                        guest -> {
                            seen.set(guest.environment());
                            return new Outcome.Exited(0);
                        })
                .trusting(trusted)
                .ask(head);
        return seen.get();
    }

    private static TestHead proxied(String name, String value) {
        return get("/p?q").from("10.0.0.1").with(name, value);
    }

    @Test
    void aStrangersForwardingFieldsProveNothing() throws Exception {
        Map<String, String> seen =
                seen(get("/").with("X-Forwarded-For", "1.2.3.4").with("Forwarded", "for=1.2.3.4"));
        assertThat(seen)
                .containsEntry("REMOTE_ADDR", "203.0.113.9")
                .containsEntry("REMOTE_PORT", "40404")
                .containsEntry("HTTP_X_FORWARDED_FOR", "1.2.3.4");
    }

    @Test
    void theFirstAddressFromTheRightThatIsNotTrustedIsTheClient() throws Exception {
        TestHead head = proxied("X-Forwarded-For", "6.6.6.6, 198.51.100.7, 10.0.0.2");
        assertThat(seen(head, "10.0.0.0/8")).containsEntry("REMOTE_ADDR", "198.51.100.7");
        assertThat(seen(head, "10.0.0.1")).containsEntry("REMOTE_ADDR", "10.0.0.2");
    }

    @Test
    void forwardedTellsClientSchemeHostAndPort() throws Exception {
        TestHead head =
                proxied(
                                "Forwarded",
                                "for=\"[2001:db8::7]:4711\";proto=https;host=\"shop.test:8443\"")
                        .with("X-Forwarded-For", "6.6.6.6");
        assertThat(seen(head, "10.0.0.1"))
                .containsEntry("REMOTE_ADDR", "2001:db8::7")
                .containsEntry("REMOTE_HOST", "2001:db8::7")
                .containsEntry("REMOTE_PORT", "4711")
                .containsEntry("X_CLIENT_ADDR", "[2001:db8::7]:4711")
                .containsEntry("HTTPS", "on")
                .containsEntry("SERVER_NAME", "shop.test")
                .containsEntry("SERVER_PORT", "8443")
                .containsEntry("X_FULL_URL", "https://shop.test:8443/p?q");
    }

    @Test
    void theOlderFieldsTellTheSame() throws Exception {
        TestHead head =
                proxied("X-Forwarded-For", "198.51.100.7")
                        .with("X-Forwarded-Proto", "https")
                        .with("X-Forwarded-Host", "shop.test")
                        .with("X-Forwarded-Port", "444");
        assertThat(seen(head, "10.0.0.1"))
                .containsEntry("REMOTE_ADDR", "198.51.100.7")
                .containsEntry("REMOTE_PORT", "0")
                .containsEntry("HTTPS", "on")
                .containsEntry("SERVER_PORT", "444")
                .containsEntry("X_FULL_URL", "https://shop.test/p?q");
    }

    @ParameterizedTest
    @ValueSource(strings = {"unknown", "_hidden", "", "1.2.3.4.5", "x;y", "[::1", "\"", ","})
    void nonsenseLeavesTheProxyItselfAsTheClient(String value) throws Exception {
        assertThat(seen(proxied("X-Forwarded-For", value), "10.0.0.1"))
                .containsEntry("REMOTE_ADDR", "10.0.0.1");
        assertThat(seen(proxied("Forwarded", "for=" + value), "10.0.0.1"))
                .containsEntry("REMOTE_ADDR", "10.0.0.1");
    }

    @Test
    void aForgedHostThatIsNoneIsNotUsed() throws Exception {
        assertThat(seen(proxied("X-Forwarded-Host", "a b"), "10.0.0.1"))
                .containsEntry("SERVER_NAME", "example.com");
    }

    @Test
    void networksHoldTheirAddressesAndNoOthers() {
        TrustedProxies proxies = new TrustedProxies(List.of("192.168.4.0/22", "fd00::/8", "::1"));
        assertThat(proxies.contain("192.168.7.255")).isTrue();
        assertThat(proxies.contain("192.168.8.0")).isFalse();
        assertThat(proxies.contain("fdff::1")).isTrue();
        assertThat(proxies.contain("fe00::1")).isFalse();
        assertThat(proxies.contain("::1")).isTrue();
        assertThat(proxies.contain("::ffff:192.168.4.1")).isTrue();
        assertThat(proxies.contain("localhost")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/x", ""})
    void anEntryThatIsNoNetworkStopsTheStart(String entry) {
        assertThatThrownBy(() -> new TrustedProxies(List.of(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: an IP address or a CIDR block");
    }
}
