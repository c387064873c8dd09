package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.dylibso.chicory.wasm.InvalidException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever a step throws becomes a sentence, and the thread is gone. */
class LoadStepsTest {
    private static final FunctionId ID = new FunctionId("app", 0, "steps");

    @Test
    void aStepsValueComesBackFromItsOwnThread() throws Exception {
        assertThat(new LoadSteps(ID).run(() -> Thread.currentThread().getName()))
                .isEqualTo("mayfly-load-steps");
    }

    @Test
    void whatARuleSaysIsToldAsItIs() {
        assertRefused("as it is", new UnloadableException("as it is"));
    }

    @Test
    void whatTheRuntimeFindsWrongIsToldInItsWords() {
        assertRefused("cannot be set up: unknown type", new InvalidException("unknown type"));
    }

    @Test
    void errorsOfTheJvmAreToldWithTheirMend() {
        assertRefused("larger heap (-Xmx)", new OutOfMemoryError("for this test"));
        assertRefused("nests its code too deep", new StackOverflowError());
    }

    @Test
    void afterADefectTheOwnerIsSentToTheLogAndSeesNothingOfIt() {
        assertRefused("Mayfly's fault", new IllegalStateException("for this test"));
    }

    @Test
    @Tag("limit:LoadSteps.LIMIT")
    void aStepThatOutlastsItsTimeIsInterruptedAndGone() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() ->
                        LoadThread.run(ID, Duration.ofMillis(20), 0, () -> waits(interrupted)));
        assertThat(interrupted.getCount()).isZero();
    }

    private static boolean waits(CountDownLatch interrupted) {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interrupted.countDown();
        }
        return true;
    }

    private static void assertRefused(String expected, Throwable thrown) {
        assertThatExceptionOfType(UnloadableException.class)
                .isThrownBy(() -> new LoadSteps(ID).run(() -> thrown(thrown)))
                .withMessageContaining(expected);
    }

    private static boolean thrown(Throwable thrown) throws UnloadableException {
        switch (thrown) {
            case UnloadableException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalArgumentException("not thrown by steps", thrown);
        }
    }
}
