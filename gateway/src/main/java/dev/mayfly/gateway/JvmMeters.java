package dev.mayfly.gateway;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;

/** Micrometer's own meters of the process and its JVM. */
final class JvmMeters implements AutoCloseable {
    private final JvmGcMetrics collections = new JvmGcMetrics();

    private JvmMeters() {}

    static JvmMeters bindTo(MeterRegistry registry) {
        JvmMeters meters = new JvmMeters();
        registry.config().meterFilter(MeterFilter.deny(JvmMeters::isLeftOut));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        meters.collections.bindTo(registry);
        return meters;
    }

    /** The machine's own, and what Prometheus' checks find fault with. */
    private static boolean isLeftOut(Meter.Id id) {
        return id.getName().startsWith("system.") || id.getName().equals("process.cpu.time");
    }

    @Override
    public void close() {
        collections.close();
    }
}
