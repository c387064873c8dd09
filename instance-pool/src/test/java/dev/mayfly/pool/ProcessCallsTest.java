package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Environment, arguments, clocks, random bytes, waiting, and nonsense. */
class ProcessCallsTest {
    private static final int SUBSCRIPTION = 1000;
    private static final int EVENT = 2000;
    private static final int COUNT = 3000;

    private final HostCalls calls = new HostCalls(new Tape(new byte[0], "A=1", "LONGER=é", ""));

    @Test
    void theEnvironmentArrivesAsOneBlockAndATableOfPointers() {
        assertThat(calls.call("environ_sizes_get", 0, 4)).isZero();
        assertThat(calls.memory.readInt(0)).isEqualTo(3);
        assertThat(calls.memory.readInt(4)).isEqualTo(4 + 10 + 1);
        assertThat(calls.call("environ_get", 100, 200)).isZero();
        assertThat(calls.memory.readInt(100)).isEqualTo(200);
        assertThat(calls.memory.readInt(104)).isEqualTo(204);
        assertThat(calls.memory.readInt(108)).isEqualTo(214);
        assertThat(calls.text(200, 15)).isEqualTo("A=1\0LONGER=é\0\0");
        assertThat(calls.observations().environment()).isEqualTo(2);
    }

    @Test
    void theNextRunSeesItsOwnEnvironmentOnly() {
        calls.call("environ_sizes_get", 0, 4);
        calls.call("args_sizes_get", 0, 4);
        calls.next(new Tape(new byte[0], "B=2"));
        calls.memory.fill((byte) 0, 0, 400);
        calls.call("environ_get", 100, 200);
        assertThat(calls.text(100, 12).replace("\0", "")).hasSize(1);
        assertThat(calls.text(200, 20)).isEqualTo("B=2" + "\0".repeat(17));
    }

    @Test
    void aLargeEnvironmentFits() {
        String[] many = new String[5000];
        Arrays.setAll(many, i -> "N" + i + "=" + i);
        var large = new HostCalls(new Tape(new byte[0], many));
        large.call("environ_sizes_get", 0, 4);
        assertThat(large.memory.readInt(0)).isEqualTo(5000);
        assertThat(large.call("environ_get", 16, 30_000)).isZero();
        int last = large.memory.readInt(16 + 4 * 4999);
        assertThat(large.text(last, 10)).isEqualTo("N4999=4999");
    }

    @Test
    void theArgumentsArriveLikeTheEnvironment() {
        assertThat(calls.call("args_sizes_get", 0, 4)).isZero();
        assertThat(calls.memory.readInt(0)).isEqualTo(1);
        assertThat(calls.call("args_get", 100, 200)).isZero();
        assertThat(calls.text(200, 5)).isEqualTo("tape\0");
        assertThat(calls.observations().arguments()).isEqualTo(2);
    }

    @Test
    void thereAreTwoClocks() {
        long before = System.currentTimeMillis();
        assertThat(calls.call("clock_time_get", 0, 0, 8)).isZero();
        assertThat(TimeUnit.NANOSECONDS.toMillis(calls.memory.readLong(8)))
                .isBetween(before, System.currentTimeMillis());
        assertThat(calls.call("clock_time_get", 1, 0, 8)).isZero();
        assertThat(System.nanoTime() - calls.memory.readLong(8)).isBetween(0L, 10_000_000_000L);
        assertThat(calls.call("clock_time_get", 2, 0, 8)).isEqualTo(58);
        assertThat(calls.call("clock_time_get", 9, 0, 8)).isEqualTo(28);
        assertThat(calls.call("clock_res_get", 1, 8)).isZero();
        assertThat(calls.memory.readLong(8)).isPositive();
    }

    @Test
    void randomBytesFillExactlyWhatWasAskedForAndNeverRepeat() {
        assertThat(calls.call("random_get", 4090, 3000)).isZero();
        byte[] first = calls.memory.readBytes(4090, 3000);
        calls.call("random_get", 4090, 3000);
        assertThat(calls.memory.readBytes(4090, 3000)).isNotEqualTo(first);
        assertThat(calls.memory.read(4089)).isZero();
        assertThat(calls.memory.read(7090)).isZero();
        assertThat(calls.memory.dirtyLines()).isEqualTo(2);
        for (int at = 0; at < 3000 - 16; at += 16) {
            byte[] piece = Arrays.copyOfRange(first, at, at + 16);
            assertThat(piece).isNotEqualTo(new byte[16]);
        }
    }

    @Test
    void twoSandboxesDoNotShareRandomBytes() {
        var other = new HostCalls(Tape.empty());
        calls.call("random_get", 0, 32);
        other.call("random_get", 0, 32);
        assertThat(calls.memory.readBytes(0, 32)).isNotEqualTo(other.memory.readBytes(0, 32));
    }

    @Test
    void exitCarriesItsCode() {
        assertThatExceptionOfType(Leave.class)
                .isThrownBy(() -> calls.call("proc_exit", 3))
                .extracting(Leave::ending)
                .isEqualTo(new Ending.Exited(3));
    }

    @Test
    void socketsAndSignalsAreNotSupported() {
        for (String name : List.of("sock_recv", "sock_send", "sock_shutdown", "proc_raise")) {
            assertThat(calls.call(name, 0, 0, 0, 0, 0, 0)).as(name).isEqualTo(58);
        }
        assertThat(calls.call("sched_yield")).isZero();
    }

    @Test
    void pollSleepsUntilTheFirstClockRings() {
        subscribe(0, 7, 0, 1, TimeUnit.MILLISECONDS.toNanos(20));
        subscribe(1, 8, 0, 1, TimeUnit.DAYS.toNanos(1));
        long start = System.nanoTime();
        assertThat(calls.call("poll_oneoff", SUBSCRIPTION, EVENT, 2, COUNT)).isZero();
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000L);
        assertThat(calls.memory.readInt(COUNT)).isEqualTo(1);
        assertThat(calls.memory.readLong(EVENT)).isEqualTo(7);
    }

    @Test
    void pollDoesNotWaitForAStreamOrForATimeInThePast() {
        subscribe(0, 7, 0, 1, TimeUnit.DAYS.toNanos(1));
        subscribe(1, 8, 2, 1, 0);
        subscribe(2, 9, 1, 44, 0);
        subscribe(3, 10, 0, 0, 5);
        calls.memory.writeShort(SUBSCRIPTION + 3 * 48 + 40, (short) 1);
        assertThat(calls.call("poll_oneoff", SUBSCRIPTION, EVENT, 4, COUNT)).isZero();
        assertThat(calls.memory.readInt(COUNT)).isEqualTo(3);
        assertThat(calls.memory.readLong(EVENT)).isEqualTo(8);
        assertThat(calls.memory.readShort(EVENT + 32 + 8)).as("descriptor 44").isEqualTo((short) 8);
        assertThat(calls.memory.readLong(EVENT + 64)).isEqualTo(10);
    }

    @Test
    void anInterruptEndsASleep() {
        subscribe(0, 7, 0, 1, TimeUnit.DAYS.toNanos(1));
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(Leave.class)
                .isThrownBy(() -> calls.call("poll_oneoff", SUBSCRIPTION, EVENT, 1, COUNT))
                .extracting(Leave::ending)
                .isEqualTo(Ending.Interrupted.INTERRUPTED);
    }

    private void subscribe(int index, long userData, int tag, int subject, long timeout) {
        int at = SUBSCRIPTION + index * 48;
        calls.memory.fill((byte) 0, at, at + 48);
        calls.memory.writeLong(at, userData);
        calls.memory.writeByte(at + 8, (byte) tag);
        calls.memory.writeI32(at + 16, subject);
        calls.memory.writeLong(at + 24, timeout);
    }

    @Test
    void nonsenseIsAnsweredRefusedOrTrapsAndNothingElse() {
        long seed = Long.getLong("seed", System.nanoTime());
        LoggerFactory.getLogger(ProcessCallsTest.class).info("seed {}: -Dseed={}", seed, seed);
        var random = new Random(seed);
        var names = WasiImports.TYPES.keySet().stream().sorted().toList();
        for (int i = 0; i < 100_000; i++) {
            String name = names.get(random.nextInt(names.size()));
            long[] arguments = random.longs(9).map(x -> argument(x, random)).toArray();
            if (i % 100 == 0) {
                calls.next(new Tape(new byte[100], "A=1"));
                random.ints(200).forEach(x -> calls.memory.writeI32(x & 0x1FFF, x >> 17));
            }
            Thread.currentThread().interrupt(); // or a random sleep would last for years
            assertThat(outcome(name, arguments)).as("seed %d", seed).isTrue();
        }
        assertThat(Thread.interrupted()).isIn(true, false);
    }

    private static long argument(long bits, Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> bits;
            case 1 -> (int) bits;
            case 2 -> bits & 3;
            default -> bits & 0x1FFFF;
        };
    }

    private boolean outcome(String name, long[] arguments) {
        try {
            return calls.call(name, arguments) <= 76;
        } catch (Leave | ChicoryInterruptedException | IndexOutOfBoundsException e) {
            return true;
        }
    }
}
