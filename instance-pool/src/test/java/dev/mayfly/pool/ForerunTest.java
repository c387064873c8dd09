package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.dylibso.chicory.wasm.WasmModule;
import dev.mayfly.guests.Guests;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Linking classes beside a wake-up: ahead of the guest, and never in its place. */
class ForerunTest {
    private final Forerun forerun = new Forerun();

    @Test
    void whatARequestReachesIsLinkedThoughNoGuestRunsAndTheOthersAreNot() throws Exception {
        CompiledClasses compiled = compiled();
        Noted source = new Noted(compiled.source());
        GuestClasses.lazy(source, compiled.layout(), forerun::begin);
        await().untilAsserted(() -> assertThat(source.defined).containsAll(reached(compiled)));
        assertThat(source.defined).doesNotContain(CompiledClasses.MACHINE);
    }

    @Test
    void aSecondModuleIsLeftToItsGuestMeanwhile() throws Exception {
        CompiledClasses compiled = compiled();
        CountDownLatch goOn = new CountDownLatch(1);
        Noted slow = new Noted(compiled.source(), goOn);
        Noted second = new Noted(compiled.source());
        GuestClasses.lazy(slow, compiled.layout(), forerun::begin);
        await().until(() -> slow.asked.size() > 1);
        GuestClasses.lazy(second, compiled.layout(), forerun::begin);
        goOn.countDown();
        await().untilAsserted(() -> assertThat(slow.defined).containsAll(reached(compiled)));
        assertThat(second.defined).containsExactly(HelperClasses.NAME);
    }

    @Test
    void aClassThatTheJvmRefusesEndsItAndWhoeverReachesItIsTold() throws Exception {
        CompiledClasses compiled = compiled();
        String first = reached(compiled).getFirst();
        Noted damaged =
                new Noted(compiled.source()) {
                    @Override
                    public byte[] bytes(String name) throws ClassNotFoundException {
                        byte[] bytes = super.bytes(name);
                        return name.equals(first) ? new byte[bytes.length] : bytes;
                    }
                };
        GuestClasses[] loader = new GuestClasses[1];
        GuestClasses.lazy(damaged, compiled.layout(), each -> loader[0] = each);
        loader[0].linkAhead();
        assertThatExceptionOfType(ClassFormatError.class)
                .isThrownBy(() -> loader[0].loadClass(first));
    }

    private static CompiledClasses compiled() throws UnloadableException {
        byte[] bytes = Guests.module("hello-rust");
        WasmModule module = ModuleReader.parse(bytes);
        ModuleOutline outline = ModuleReader.outline(bytes);
        CompiledClasses all = ModuleCompiler.compile(module, outline);
        var every = IntStream.range(0, outline.bodies().size()).boxed().toList();
        int perClass = all.layout().perClass();
        return LeanClasses.of(all, module, ClassLayout.of(perClass, every, outline.bodies(), 0));
    }

    private static List<String> reached(CompiledClasses compiled) {
        assertThat(compiled.layout().reachedClasses()).hasSizeGreaterThan(2);
        return compiled.layout().reachedClasses();
    }

    /** Notes what was asked for and what was defined; gives nothing but the helpers at first. */
    private static class Noted implements ClassSource {
        final Set<String> asked = ConcurrentHashMap.newKeySet();
        final Set<String> defined = ConcurrentHashMap.newKeySet();
        private final ClassSource source;
        private final CountDownLatch goOn;

        Noted(ClassSource source) {
            this(source, new CountDownLatch(0));
        }

        Noted(ClassSource source, CountDownLatch goOn) {
            this.source = source;
            this.goOn = goOn;
        }

        @Override
        public Set<String> names() {
            return source.names();
        }

        @Override
        public byte[] bytes(String name) throws ClassNotFoundException {
            asked.add(name);
            if (!name.equals(HelperClasses.NAME)) {
                hold();
            }
            return source.bytes(name);
        }

        private void hold() {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void forget(String name) {
            defined.add(name);
            source.forget(name);
        }
    }
}
