package dev.mayfly.pool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Descriptors 0 to 2. */
class StandardStreamsTest {
    private final Tape tape = new Tape("a few words".getBytes(UTF_8));
    private final HostCalls calls = new HostCalls(tape);

    @Test
    void whatIsWrittenInPiecesArrivesInOrder() {
        calls.put(1000, "one two");
        calls.vector(8, 1004, 3);
        calls.vector(16, 1000, 0);
        calls.vector(24, 1000, 3);
        assertThat(calls.call("fd_write", 1, 8, 3, 4)).isZero();
        assertThat(tape.text()).isEqualTo("twoone");
        assertThat(calls.memory.readInt(4)).isEqualTo(6);
    }

    @Test
    void inputIsReadIntoPiecesUntilItEnds() {
        calls.vector(8, 1000, 2);
        calls.vector(16, 2000, 100);
        assertThat(calls.call("fd_read", 0, 8, 2, 4)).isZero();
        assertThat(calls.memory.readInt(4)).isEqualTo(11);
        assertThat(calls.text(1000, 2) + calls.text(2000, 9)).isEqualTo("a few words");
        assertThat(calls.call("fd_read", 0, 8, 2, 4)).isZero();
        assertThat(calls.memory.readInt(4)).isZero();
        assertThat(calls.observations().input()).isEqualTo(2);
    }

    @Test
    void whatIsReadIsMarked() {
        calls.memory.freeze();
        calls.memory.writeI32(0, 4094);
        calls.memory.writeI32(4, 10);
        assertThat(calls.call("fd_read", 0, 0, 1, 8)).isZero();
        assertThat(calls.memory.dirtyLines()).isEqualTo(2);
    }

    @Test
    @Tag("limit:function.limits.response_body")
    void outputUpToTheLimitPassesAndOneByteMoreEndsTheRun() {
        assertThat(calls.print(1, "x".repeat(100))).isZero();
        assertThatExceptionOfType(Leave.class)
                .isThrownBy(() -> calls.print(1, "x"))
                .extracting(Leave::ending)
                .isEqualTo(new Ending.OutputExceeded(100));
        calls.next(tape);
        assertThat(calls.print(1, "x".repeat(100))).isZero();
    }

    @Test
    void noStreamIsATerminal() {
        for (int fd = 0; fd <= 2; fd++) {
            calls.memory.fill((byte) -1, 100, 124);
            assertThat(calls.call("fd_fdstat_get", fd, 100)).isZero();
            assertThat(calls.memory.read(100)).as("file type").isZero();
        }
    }

    @Test
    void unknownDescriptorsAreBad() {
        for (long fd : new long[] {3, 4, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            for (String name : List.of("fd_write", "fd_read")) {
                assertThat(calls.call(name, fd, 8, 1, 0)).isEqualTo(8);
            }
            assertThat(calls.call("fd_close", fd)).isEqualTo(8);
            assertThat(calls.call("fd_fdstat_get", fd, 100)).isEqualTo(8);
            assertThat(calls.call("fd_prestat_get", fd, 100)).isEqualTo(8);
            assertThat(calls.call("fd_seek", fd, 0, 0, 100)).isEqualTo(8);
        }
    }

    @Test
    void streamsCannotBeSoughtOrRead() {
        assertThat(calls.call("fd_seek", 1, 0, 0, 100)).isEqualTo(70);
        assertThat(calls.call("fd_tell", 0, 100)).isEqualTo(70);
        assertThat(calls.call("fd_pread", 0, 8, 1, 0, 0)).isEqualTo(70);
        assertThat(calls.call("fd_read", 1, 8, 1, 0)).isEqualTo(8);
        assertThat(calls.call("fd_write", 0, 8, 1, 0)).isEqualTo(8);
        assertThat(calls.call("fd_readdir", 0, 0, 0, 0, 0)).isEqualTo(54);
    }

    @Test
    void aClosedStreamIsOpenAgainInTheNextRun() {
        assertThat(calls.call("fd_close", 1)).isZero();
        assertThat(calls.call("fd_close", 1)).isEqualTo(8);
        assertThat(calls.print(1, "x")).isEqualTo(8);
        assertThat(calls.call("fd_fdstat_get", 1, 100)).isEqualTo(8);
        calls.next(tape);
        assertThat(calls.print(1, "x")).isZero();
    }

    @Test
    @Tag("limit:StandardStreams.MOST_VECTORS")
    void tooManyVectorsAreRefusedAndVectorsOutsideTrap() {
        assertThat(calls.call("fd_write", 1, 8, 1025, 0)).isEqualTo(28);
        assertThat(calls.call("fd_read", 0, 8, -1, 0)).isEqualTo(28);
        int[][] outside = {{0, -1}, {-1, 1}, {0x20000, 1}, {0x1FFFF, 2}, {5, Integer.MAX_VALUE}};
        for (int[] vector : outside) {
            calls.vector(8, vector[0], vector[1]);
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> calls.call("fd_write", 1, 8, 1, 0));
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> calls.call("fd_read", 0, 8, 1, 0));
        }
    }

    @Test
    void standardErrorBecomesLinesFitForALog() {
        calls.print(2, "one\ntwo\r\nth");
        calls.print(2, "ree\n\u0007\u001b[2J\tdone \u202etxt");
        assertThat(tape.log()).containsExactly("one", "two", "three");
        calls.next(tape);
        assertThat(tape.log()).last().isEqualTo("\\x07\\x1b[2J\tdone \\u202etxt");
    }

    @Test
    void malformedUtf8IsReplacedInTheLog() {
        calls.memory.writeI32(1000, 0x0A_FF_C3_41);
        calls.vector(8, 1000, 4);
        calls.call("fd_write", 2, 8, 1, 0);
        assertThat(tape.log()).containsExactly("A\uFFFD\uFFFD");
    }

    @Test
    void pastTheLimitOneLineSaysHowMuchOfTheLogWasNotKept() {
        IntStream.range(0, 11).forEach(i -> calls.print(2, "123456789\n"));
        calls.print(2, "x".repeat(50));
        calls.next(tape);
        assertThat(tape.log())
                .hasSize(11)
                .last()
                .isEqualTo("60 more bytes were not kept: log_bytes is 100");
        calls.print(2, "new\n");
        assertThat(tape.log()).last().isEqualTo("new");
    }

    @Test
    @Tag("limit:LogLines.LONGEST")
    void aLineThatIsTooLongForALogIsCutInTwo() {
        LogLines lines = new LogLines(100_000);
        byte[] endless = "x".repeat(16_385).getBytes(StandardCharsets.US_ASCII);
        lines.write(endless, 0, endless.length, tape);
        lines.finish(tape);
        assertThat(tape.log()).extracting(String::length).containsExactly(16_384, 1);
    }

    @Test
    void aBrokenReceiverAndAnInterruptedWaitEndTheRun() {
        var broken =
                new Tape(new byte[0]) {
                    @Override
                    public void write(byte[] from, int offset, int length) throws IOException {
                        throw new IOException("gone");
                    }

                    @Override
                    public int read(byte[] into, int offset, int length)
                            throws InterruptedException {
                        throw new InterruptedException();
                    }
                };
        var on = new HostCalls(broken);
        assertThatExceptionOfType(Leave.class)
                .isThrownBy(() -> on.print(1, "x"))
                .extracting(Leave::ending)
                .isEqualTo(new Ending.Broken("standard output: gone"));
        on.vector(8, 1000, 1);
        assertThatExceptionOfType(Leave.class)
                .isThrownBy(() -> on.call("fd_read", 0, 8, 1, 0))
                .extracting(Leave::ending)
                .isEqualTo(Ending.Interrupted.INTERRUPTED);
    }
}
