package dev.mayfly.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.RoutePattern.Segment.Literal;
import dev.mayfly.manifest.RoutePattern.Segment.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {
    private static RoutePattern route(String text) {
        return Samples.valid(RoutePattern.read(text));
    }

    private static List<ArgvTemplate.Word> argv(String text) {
        return ArgvText.read(text) instanceof Reading.Good<ArgvTemplate>(ArgvTemplate template)
                ? template.words()
                : List.of();
    }

    private static ArgvTemplate.Word word(String text) {
        return new ArgvTemplate.Word.Text(
                text.isEmpty() ? List.of() : List.of(new ArgvTemplate.Part.Literal(text)));
    }

    @Test
    void aRouteIsItsSegmentsDecoded() {
        assertThat(route("/users/:id/a%20b").segments())
                .containsExactly(new Literal("users"), new Parameter("id"), new Literal("a b"));
    }

    @Test
    void anEscapedSlashSeparatesNothing() {
        assertThat(route("/a%2Fb").segments()).containsExactly(new Literal("a/b"));
    }

    @Test
    void aFinalSlashIsAnEmptyLiteral() {
        assertThat(route("/").segments()).containsExactly(new Literal(""));
        assertThat(route("/a/").segments()).containsExactly(new Literal("a"), new Literal(""));
    }

    @Test
    void anOpenRouteHasNoSegmentForItsEnd() {
        assertThat(route("/...")).isEqualTo(new RoutePattern("/...", List.of(), true));
        assertThat(route("/a/...").segments()).containsExactly(new Literal("a"));
        assertThat(route("/a/...").open()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/...", "/.well-known/...", "/.well-known/acme-challenge/:token"})
    void onlyWhatIsBelowTheReservedPathIsReserved(String text) {
        assertThat(route(text).text()).isEqualTo(text);
    }

    @Test
    void theDefaultTemplateIsWhatItsTextSays() {
        assertThat(ArgvText.read("${SCRIPT_NAME} ${ARGS}"))
                .isEqualTo(new Reading.Good<>(ArgvTemplate.DEFAULT));
    }

    @Test
    void quotesGroupWordsAndMayBeEmpty() {
        assertThat(argv(" ruby  \"my script.rb\" a\"b c\"d \"\" "))
                .containsExactly(word("ruby"), word("my script.rb"), word("ab cd"), word(""));
    }

    @Test
    void thereAreNoEscapes() {
        assertThat(argv("a\\ b")).containsExactly(word("a\\"), word("b"));
    }

    @Test
    void theScriptNameMayBePartOfAWord() {
        assertThat(argv("--path=${SCRIPT_NAME}!"))
                .containsExactly(
                        new ArgvTemplate.Word.Text(
                                List.of(
                                        new ArgvTemplate.Part.Literal("--path="),
                                        new ArgvTemplate.Part.ScriptName(),
                                        new ArgvTemplate.Part.Literal("!"))));
    }

    @Test
    void aWarmupKeepsQueryAndBody() {
        assertThat(RequestLine.REQUEST.read("POST /a?b=%zz {\"c\": 1}"))
                .isEqualTo(
                        new Reading.Good<>(
                                new FunctionSpec.MadeRequest("POST", "/a?b=%zz", "{\"c\": 1}")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com",
                "https://api.example.com:8443",
                "redis://*.example.com:6379",
                "http://[::1]:80",
                "*.example.com",
                "10.0.0.0/8",
                "fd00::/8",
                "::ffff:10.0.0.1/104"
            })
    void anOutboundHostIsAHostASuffixOrABlock(String text) {
        assertThat(Hosts.OUTBOUND.read(text)).isEqualTo(new Reading.Good<>(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://",
                "https://a:0",
                "http://[::g]",
                "*.",
                "300.0.0.0/8",
                "10.0.0.0/33",
                "1::2::3/8",
                "fd00::/129",
                "a.test/8"
            })
    void nothingElseIsAnOutboundHost(String text) {
        assertThat(Hosts.OUTBOUND.read(text)).isInstanceOf(Reading.Bad.class);
    }

    @Test
    void aHostIsComparedWithoutCaseAndFinalDot() {
        assertThat(Hosts.ROUTED.read("Shop.Example.COM."))
                .isEqualTo(new Reading.Good<>("shop.example.com"));
    }

    @Test
    void theNearestKnownWordIsSuggestedOnlyWhenItIsNear() {
        List<String> known = List.of("memory", "timeout");
        assertThat(Nearest.to("Memroy", known)).isEqualTo(Optional.of("memory"));
        assertThat(Nearest.to("concurrency", known)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 1024, 65_536, 64L << 20, 1L << 32, 999_999_999L << 30})
    void aSizeIsReadAsItIsShown(long bytes) {
        assertThat(Quantities.SIZE.read(Quantities.shown(bytes)))
                .isEqualTo(new Reading.Good<>(bytes));
    }

    @Test
    void theLongestDurationFitsNanoseconds() {
        assertThat(Quantities.DURATION.read("999999h"))
                .isEqualTo(new Reading.Good<>(Duration.ofHours(999_999)));
        assertThat(Duration.ofHours(999_999)).isLessThan(Duration.ofNanos(Long.MAX_VALUE));
    }
}
