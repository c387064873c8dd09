package dev.mayfly.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdsTest {
    private static final String IDS = "0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";

    private final EventIds ids = new EventIds(low -> true);

    @Test
    @Tag("kafka.env.X_REQUEST_ID")
    void eachRecordHasAnIdOfItsOwn() {
        EventIdentity first = ids.next(TestRecord.some().made());
        EventIdentity second = ids.next(TestRecord.some().made());
        assertThat(first.requestId()).matches("[0-9a-f]{32}").isNotEqualTo(second.requestId());
    }

    @Test
    @Tag("kafka.env.TRACEPARENT")
    void theRecordsTraceGoesOn() {
        assertThat(parent("00-" + IDS)).isEqualTo("00-" + IDS);
        assertThat(parent("cc-" + IDS + "-more")).isEqualTo("00-" + IDS);
    }

    @ParameterizedTest
    @Tag("kafka.env.TRACEPARENT")
    @ValueSource(
            strings = {
                "",
                "00-" + IDS + "-more",
                "ff-" + IDS,
                "00-00000000000000000000000000000000-b7ad6b7169203331-00",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-00",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-00",
                "00_0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
            })
    void aTraceThatIsNotValidIsReplaced(String parent) {
        assertThat(parent(parent)).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01").isNotEqualTo(parent);
        assertThat(state(parent, "a=1")).isEmpty();
    }

    private String parent(String header) {
        TestRecord record = TestRecord.some().header("traceparent", header);
        EventTrace trace = ids.next(record.made()).trace();
        return trace.traceParent(trace.parent() == 0 ? trace.span() : trace.parent());
    }

    @Test
    void aNewTraceIsRecordedIfTheSamplerSaysSoAndAnothersIfItsWriterDid() {
        EventIds none = new EventIds(low -> false);
        assertThat(none.next(TestRecord.some().made()).trace().sampled()).isFalse();
        TestRecord sampled =
                TestRecord.some().header("traceparent", "00-" + IDS.replaceAll("00$", "01"));
        assertThat(none.next(sampled.made()).trace().sampled()).isTrue();
        TestRecord unsampled = TestRecord.some().header("traceparent", "00-" + IDS);
        assertThat(ids.next(unsampled.made()).trace().sampled()).isFalse();
    }

    @Test
    @Tag("kafka.env.TRACESTATE")
    void theStateOfTheTraceComesWithIt() {
        assertThat(state("00-" + IDS, "a=1,b=2")).isEqualTo("a=1,b=2");
        assertThat(state("00-" + IDS, "a=\n")).isEmpty();
        assertThat(state("00-" + IDS, "\u00e9")).isEmpty();
        assertThat(state("00-" + IDS, "a=" + "1".repeat(511))).isEmpty();
        assertThat(state("00-" + IDS, null)).isEmpty();
    }

    private String state(String parent, @Nullable String state) {
        TestRecord record =
                TestRecord.some().header("traceparent", parent).header("tracestate", state);
        return ids.next(record.made()).traceState();
    }
}
