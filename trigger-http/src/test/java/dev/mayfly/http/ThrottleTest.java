package dev.mayfly.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.http.Admission.Rejection;
import dev.mayfly.manifest.HttpRoute.RateLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who counts as one caller, and for how long. */
class ThrottleTest {
    private static final int CALLERS = 64;

    private final AtomicLong now = new AtomicLong(17);

    private Throttle throttle(int requests, String by) {
        RateLimit limit = new RateLimit(requests, Duration.ofSeconds(10), by);
        return new Throttle(limit, CALLERS, now::get);
    }

    private static RequestView request(TestHead head, String... proxies) {
        Doorman doorman =
                new Doorman(
                        new TrustedProxies(List.of(proxies)),
                        new PreviewHosts(Optional.empty()),
                        new RequestIds());
        return switch (doorman.admit(head, "id")) {
            case RequestView view -> view;
            case Admission.Preview preview -> throw new AssertionError(preview);
            case Rejection rejection -> throw new AssertionError(rejection);
        };
    }

    private static RequestView from(String address) {
        return request(TestHead.get("/").from(address));
    }

    private static long callers(Throttle throttle) {
        return throttle.stats("app", "/").callers();
    }

    @Test
    void eachAddressIsACallerAndAnIpv6NetworkOf64BitsIsOne() {
        Throttle throttle = throttle(1, "ip");
        assertThat(throttle.take(from("192.0.2.1")).passed()).isTrue();
        assertThat(throttle.take(from("192.0.2.2")).passed()).isTrue();
        assertThat(throttle.take(from("192.0.2.1")).passed()).isFalse();
        assertThat(throttle.take(from("::ffff:192.0.2.1")).passed()).isFalse();
        assertThat(throttle.take(from("2001:db8:0:1::1")).passed()).isTrue();
        assertThat(throttle.take(from("2001:db8:0:1:ffff:ffff:ffff:ffff")).passed()).isFalse();
        assertThat(throttle.take(from("2001:db8:0:2::1")).passed()).isTrue();
        assertThat(throttle.take(from("::1")).passed()).isTrue();
        assertThat(throttle.take(from("0.0.0.1")).passed()).isTrue();
    }

    @Test
    void behindATrustedProxyTheCallerIsTheOneItTells() {
        Throttle throttle = throttle(1, "ip");
        TestHead first = TestHead.get("/").from("10.0.0.1").with("X-Forwarded-For", "192.0.2.1");
        TestHead second = TestHead.get("/").from("10.0.0.1").with("X-Forwarded-For", "192.0.2.2");
        assertThat(throttle.take(request(first, "10.0.0.0/8")).passed()).isTrue();
        assertThat(throttle.take(request(second, "10.0.0.0/8")).passed()).isTrue();
        assertThat(throttle.take(request(first, "10.0.0.0/8")).passed()).isFalse();
        assertThat(throttle.take(request(first)).passed()).isTrue();
        assertThat(throttle.take(request(second)).passed()).isFalse();
    }

    @Test
    void aFieldTellsCallersApartAndWithoutItTheAddressDoes() {
        Throttle throttle = throttle(1, "header:X-Key");
        TestHead head = TestHead.get("/");
        assertThat(throttle.take(request(head.with("x-key", "a"))).passed()).isTrue();
        assertThat(throttle.take(request(head.with("X-Key", "b"))).passed()).isTrue();
        assertThat(throttle.take(request(head.with("X-KEY", "a").from("192.0.2.1"))).passed())
                .isFalse();
        assertThat(throttle.take(request(head)).passed()).isTrue();
        assertThat(throttle.take(request(head.with("x-key", ""))).passed()).isFalse();
        assertThat(throttle.take(request(head.from("192.0.2.1"))).passed()).isTrue();
    }

    @Test
    void fieldsOfAnyLengthAreKeptAsTwoNumbers() {
        String longer = "k".repeat(16_000);
        Caller caller = Caller.byField(request(TestHead.get("/").with("x", longer)), "x");
        Caller other = Caller.byField(request(TestHead.get("/").with("x", longer + "2")), "x");
        assertThat(caller).isNotEqualTo(other).hasNoNullFieldsOrProperties();
        assertThat(Caller.class.getRecordComponents())
                .allMatch(each -> each.getType().equals(long.class));
    }

    @Test
    void aCallerThatKeptAwayForTheWholeTimeIsForgotten() {
        Throttle throttle = throttle(2, "ip");
        throttle.take(from("192.0.2.1"));
        now.addAndGet(Duration.ofSeconds(11).toNanos());
        throttle.take(from("192.0.2.2"));
        assertThat(callers(throttle)).isEqualTo(1);
        assertThat(throttle.take(from("192.0.2.1")).remaining()).isEqualTo(1);
    }

    @Test
    @Tag("limit:rate_limit.callers")
    void aFloodOfMadeUpCallersTakesABoundedMemoryAndDoesNotFreeWhoIsKnown() {
        Throttle throttle = throttle(3, "header:x");
        int known = 0;
        for (int i = 0; i < 200_000; i++) {
            if (i % 100 == 0) {
                known += throttle.take(from("192.0.2.1")).passed() ? 1 : 0;
            }
            assertThat(throttle.take(request(TestHead.get("/").with("x", "k" + i))).passed())
                    .isTrue();
        }
        assertThat(callers(throttle)).isLessThanOrEqualTo(CALLERS + 16);
        // All in one moment: were it forgotten now and then, it would pass each time anew.
        assertThat(known).isBetween(3, 12);
        assertThat(throttle.stats("app", "/").refused()).isEqualTo(2_000 - known);
    }
}
