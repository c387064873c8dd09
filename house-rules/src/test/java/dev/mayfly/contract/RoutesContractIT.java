package dev.mayfly.contract;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Which route answers. */
final class RoutesContractIT {
    private static final String GUEST = "echo-c";

    private static String matched(String target) {
        return EchoApp.get(GUEST, target).variable("X_MATCHED_ROUTE");
    }

    @Tag("routes.raw")
    @ParameterizedTest
    @CsvSource({"/lit%2Fa, /...", "/%6Cit/%61, /lit/a", "/lit/a%2Fb, /lit/:x"})
    void aPathIsSplitRawAndEachSegmentDecodedBeforeItIsCompared(String target, String route) {
        assertThat(matched(target)).isEqualTo(route);
    }

    @Tag("routes.no-normalising")
    @ParameterizedTest
    @CsvSource({
        "//exact, /...",
        "/./exact, /...",
        "/p/../exact, /p/...",
        "/lit/.., /lit/:x",
        "/lit/., /lit/:x"
    })
    void nothingIsNormalised(String target, String route) {
        assertThat(matched(target)).isEqualTo(route);
    }

    @Tag("routes.open")
    @ParameterizedTest
    @CsvSource({"/p, /p/...", "/p/, /p/...", "/p/x, /p/...", "/p/x/y, /p/...", "/px, /..."})
    void anOpenRouteMatchesItsFolderAndBelow(String target, String route) {
        assertThat(matched(target)).isEqualTo(route);
    }

    @Test
    @Tag("routes.slash")
    void aPathWithASlashAtItsEndIsAnother() {
        assertThat(matched("/exact")).isEqualTo("/exact");
        assertThat(matched("/exact/")).isEqualTo("/...");
    }

    @Test
    @Tag("routes.param")
    void aParameterIsOneNonEmptySegment() {
        assertThat(matched("/users/7")).isEqualTo("/users/:id/...");
        assertThat(matched("/users/")).isEqualTo("/...");
        assertThat(matched("/doc/a/b")).isEqualTo("/...");
    }

    @Tag("routes.precedence")
    @ParameterizedTest
    @CsvSource({
        "/lit/a, /lit/a",
        "/lit/b, /lit/:x",
        "/lit/b/c, /lit/...",
        "/lit, /lit/...",
        "/other, /..."
    })
    void aLiteralGoesBeforeAParameterAndThatBeforeTheRest(String target, String route) {
        assertThat(matched(target)).isEqualTo(route);
    }

    @Tag("routes.host")
    @ParameterizedTest
    @CsvSource({
        "ECHO-C.test, /exact, /exact",
        "echo-c.test., /exact, /exact",
        "echo-c.test:81, /exact, /exact",
        "a.echo-c.test, /wild, /wild",
        "a.deep.echo-c.test, /wild, /wild",
    })
    void hostsCompareWithoutCasePortOrFinalDot(String host, String target, String route) {
        Reply reply = EchoApp.ask(Wire.request("GET", target, host));
        assertThat(reply.variable("X_MATCHED_ROUTE")).isEqualTo(route);
    }

    @Test
    @Tag("routes.host")
    void aWildcardNeedsALabelAndOtherHostsAreNotServed() {
        assertThat(matched("/wild")).isEqualTo("/...");
        assertThat(EchoApp.ask(Wire.request("GET", "/exact", "elsewhere.test")).status())
                .isEqualTo(404);
    }

    @Test
    @Tag("routes.fall-through")
    void aHostWithoutTheirPathFallsThroughToAnyHost() {
        Reply reply = EchoApp.ask(Wire.request("GET", "/anywhere", "a.echo-c.test"));
        assertThat(reply.variable("X_MATCHED_ROUTE")).isEqualTo("/anywhere");
    }

    @Test
    @Tag("routes.method")
    void theBestRouteWhoseMethodMatchesRunsAnd405SaysWhichDo() {
        String post = Wire.request("POST", "/get-only", GUEST + ".test", new byte[0]);
        assertThat(EchoApp.ask(post).variable("X_MATCHED_ROUTE")).isEqualTo("/...");
        Reply refused = EchoApp.ask(Wire.request("DELETE", "/only", "methods.test"));
        assertThat(refused.status()).isEqualTo(405);
        assertThat(refused.header("allow"))
                .hasValueSatisfying(allow -> assertThat(allow).contains("GET", "HEAD"));
    }

    @Test
    @Tag("routes.head")
    void getImpliesHead() {
        Reply reply = EchoApp.ask(Wire.request("HEAD", "/only", "methods.test"));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).isEmpty();
    }

    @Test
    @Tag("routes.options")
    void optionsRunsOnlyIfItIsListed() {
        Reply listed = EchoApp.ask(Wire.request("OPTIONS", "/with-options", GUEST + ".test"));
        assertThat(listed.variable("REQUEST_METHOD")).isEqualTo("OPTIONS");
        assertThat(EchoApp.ask(Wire.request("OPTIONS", "/only", "methods.test")).status())
                .isEqualTo(405);
    }

    @ParameterizedTest
    @Tag("routes.absolute")
    @MethodSource("dev.mayfly.guests.Guests#echoes")
    void aTargetInAbsoluteFormUsesItsOwnAuthority(String guest) {
        Reply reply =
                EchoApp.ask(
                        Wire.request(
                                "GET", "http://" + guest + ".test:81/exact?a=b", "elsewhere.test"));
        assertThat(reply.variable("X_MATCHED_ROUTE")).isEqualTo("/exact");
        assertThat(reply.variable("SERVER_NAME")).isEqualTo(guest + ".test");
        assertThat(reply.variable("QUERY_STRING")).isEqualTo("a=b");
    }

    @Tag("routes.refused-targets")
    @ParameterizedTest
    @CsvSource({"OPTIONS, *", "CONNECT, echo-c.test:80"})
    void optionsOfTheServerAndTunnelsAreRefused(String method, String target) {
        assertThat(EchoApp.ask(Wire.request(method, target, GUEST + ".test")).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @Tag("routes.private")
    @MethodSource("dev.mayfly.guests.Guests#echoes")
    void aPrivateRouteIsReachedByALocalRedirectOnly(String guest) {
        assertThat(EchoApp.get(guest, "/private").status()).isEqualTo(404);
        Reply inside = EchoApp.get(guest, "/exact?head=Location:%20/private%0A%0A");
        assertThat(inside.variable("X_MATCHED_ROUTE")).isEqualTo("/private");
    }
}
