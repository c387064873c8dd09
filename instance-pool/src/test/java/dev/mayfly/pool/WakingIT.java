package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.guests.Guests;
import dev.mayfly.manifest.FunctionSpec;
import dev.mayfly.manifest.FunctionSpec.Limits;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions of real modules, cold and back. */
class WakingIT {
    private static final Duration IDLE = Duration.ofHours(1);
    private static final int COLD_ONES = 200;

    @TempDir Path folder;
    private final AtomicReference<byte[]> source = new AtomicReference<>();
    private GuestRuntime runtime;

    @BeforeEach
    void start() {
        source.set(Guests.module("echo-c"));
        var settings =
                new RuntimeSettings(4, 0, 1L << 30, folder.resolve("cache"), 1L << 30, true, true);
        runtime = GuestRuntime.start(settings, (function, line) -> {});
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void aColdFunctionComesBackFromTheDiskWithoutItsModule() {
        FunctionPool function = load();
        assertThat(ask(function)).isEqualTo(new Outcome.Exited(0));
        goCold(function);
        source.set(new byte[0]);
        assertThat(ask(function)).isEqualTo(new Outcome.Exited(0));
        assertThat(function.stats().turnover().wakeUps()).isEqualTo(1);
    }

    @Test
    void whenTheDiskHasLostItTheModuleIsLoadedAgain() throws IOException {
        FunctionPool function = load();
        goCold(function);
        clearCache();
        assertThat(ask(function)).isEqualTo(new Outcome.Exited(0));
    }

    @Test
    void anotherModuleThanWasDeployedIsNotWokenUp() throws IOException {
        FunctionPool function = load();
        goCold(function);
        clearCache();
        source.set(Guests.module("echo-rust"));
        assertThat(ask(function))
                .isInstanceOfSatisfying(
                        Outcome.Refused.class,
                        refused ->
                                assertThat(refused.cause())
                                        .isEqualTo(Outcome.Refused.Cause.UNAVAILABLE));
        source.set(Guests.module("echo-c"));
        Awaitility.await().until(() -> ask(function).equals(new Outcome.Exited(0)));
    }

    @Test
    void theClassesOfAModuleGoWhenItsLastFunctionIsCold() {
        FunctionPool one = load();
        FunctionPool other = load();
        WeakReference<ClassLoader> classes = classesOf(one);
        assertThat(classesOf(other).get()).isSameAs(classes.get());
        goCold(one, other);
        Awaitility.await()
                .until(() -> {
                    System.gc();
                    return classes.get() == null;
                });
        assertThat(ask(one)).isEqualTo(new Outcome.Exited(0));
        assertThat(ask(other)).isEqualTo(new Outcome.Exited(0));
    }

    @Test
    void theClassesStayWhileAnotherFunctionUsesThem() {
        FunctionPool one = load();
        FunctionPool other = load();
        WeakReference<ClassLoader> classes = classesOf(one);
        one.close();
        System.gc();
        assertThat(classes.get()).isNotNull();
        assertThat(classesOf(other).get()).isSameAs(classes.get());
    }

    @Test
    void aColdFunctionTakesLessThanFourKilobytes() {
        source.set(LoadBench.handmade("command"));
        ask(load());
        long before = heap();
        List<FunctionPool> functions = Stream.generate(this::load).limit(COLD_ONES).toList();
        functions.forEach(this::ask);
        goCold(functions.toArray(FunctionPool[]::new));
        long each = (heap() - before) / COLD_ONES;
        assertThat(each).as("bytes of a cold function").isBetween(100L, 4096L);
        assertThat(functions.getLast().stats().tier()).isEqualTo(Tier.COLD);
    }

    /** Once nothing falls any more: what tests before left behind may need several collections. */
    private static long heap() {
        long before = Long.MAX_VALUE;
        long now = afterCollection();
        while (now < before) {
            before = now;
            now = afterCollection();
        }
        return before;
    }

    private static long afterCollection() {
        Runtime jvm = Runtime.getRuntime();
        System.gc();
        return jvm.totalMemory() - jvm.freeMemory();
    }

    /** As seen by a run, from within. */
    private WeakReference<ClassLoader> classesOf(FunctionPool function) {
        var witness = new Witness();
        function.submit(witness);
        runtime.wake();
        assertThat(witness.outcome()).isEqualTo(new Outcome.Exited(0));
        return witness.classes;
    }

    /** Notes whose classes called it. */
    private static final class Witness extends Errand {
        private volatile WeakReference<ClassLoader> classes = new WeakReference<>(null);

        Witness() {
            super(new byte[0]);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
                    .forEach(frame -> note(frame.getDeclaringClass().getClassLoader()));
        }

        private void note(@Nullable ClassLoader caller) {
            if (caller != null && "guest".equals(caller.getName())) {
                classes = new WeakReference<>(caller);
            }
        }
    }

    private void goCold(FunctionPool... functions) {
        Awaitility.await()
                .until(() ->
                        Stream.of(functions)
                                .allMatch(each -> each.residence().traffic().turns().allHome()));
        runtime.keeper().look(System.nanoTime() + 2 * IDLE.toNanos());
        assertThat(functions).extracting(each -> each.stats().tier()).containsOnly(Tier.COLD);
    }

    private void clearCache() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("cache"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    private Outcome ask(FunctionPool function) {
        Errand errand = new Errand(new byte[0]);
        function.submit(errand);
        runtime.wake();
        return errand.outcome();
    }

    private FunctionPool load() {
        var spec = Specs.of(Limits.DEFAULT, new FunctionSpec.Pool(IDLE, 0));
        var request =
                new LoadRequest(
                        new FunctionId("app", 0, "tested"),
                        spec,
                        source::get,
                        folder,
                        List::of,
                        () -> new SampleRequest("/"),
                        () -> new SampleRequest("/"));
        return (FunctionPool) ((LoadResult.Loaded) runtime.load(request)).function();
    }
}
