package dev.mayfly.gateway;

import dev.mayfly.http.TraceContext;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans by OTLP over HTTP. Whether a trace is recorded was decided when its request came; its
 * spans are made after it is over, by a thread of their own, so that a request that is recorded
 * pays for one object, and one that is not for a comparison.
 */
final class OtlpSpans implements SpanSink {
    private static final Logger LOG = LoggerFactory.getLogger(OtlpSpans.class);

    /** Requests and records that wait for their spans to be made. */
    private static final int MOST_WAITING = 4096;

    /** How long they may, for others to come: who hands one over wakes nobody. */
    private static final Duration GATHER = Duration.ofMillis(20);

    /** Spans of one message to the receiver, and those that wait for it. */
    private static final int BATCH = 2048;

    private static final int WAITING_SPANS = 4 * BATCH;

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final BlockingQueue<Traced> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final LongAdder dropped = new LongAdder();
    private final long threshold;
    private final boolean all;
    private final SdkTracerProvider provider;
    private final SpanMaker maker;
    private final EventSpanMaker events;
    private final Thread thread;
    private volatile boolean closed;

    OtlpSpans(String endpoint, double ratio) {
        all = ratio >= 1;
        threshold = (long) (ratio * (double) Long.MAX_VALUE);
        OwnIds ids = new OwnIds();
        provider =
                SdkTracerProvider.builder()
                        .setIdGenerator(ids)
                        .setSampler(Sampler.alwaysOn())
                        .setResource(resource())
                        .addSpanProcessor(
                                BatchSpanProcessor.builder(
                                                OtlpHttpSpanExporter.builder()
                                                        .setEndpoint(endpoint)
                                                        .build())
                                        .setScheduleDelay(Duration.ofSeconds(1))
                                        .setMaxExportBatchSize(BATCH)
                                        .setMaxQueueSize(WAITING_SPANS)
                                        .build())
                        .build();
        Tracer tracer = provider.get("dev.mayfly", Version.current());
        maker = new SpanMaker(tracer, ids);
        events = new EventSpanMaker(tracer, ids, maker);
        thread = Thread.ofPlatform().name("mayfly-spans").daemon().start(this::make);
    }

    private static Resource resource() {
        return Resource.getDefault()
                .merge(
                        Resource.create(
                                Attributes.of(
                                        AttributeKey.stringKey("service.name"),
                                        "mayfly",
                                        AttributeKey.stringKey("service.version"),
                                        Version.current())));
    }

    @Override
    public boolean on() {
        return true;
    }

    /** By the trace's own id, so that all gateways would decide alike. */
    @Override
    public TraceContext.Sampler sampler() {
        return low -> all || (low & Long.MAX_VALUE) < threshold;
    }

    @Override
    public void over(Traced traced) {
        if (!queue.offer(traced)) {
            dropped.increment();
        }
    }

    @Override
    public long dropped() {
        return dropped.sum();
    }

    private void make() {
        try {
            while (!closed || !queue.isEmpty()) {
                Traced next = queue.poll();
                if (next == null) {
                    Thread.sleep(GATHER);
                } else {
                    make(next);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void make(Traced traced) {
        try {
            switch (traced) {
                case Request request -> maker.make(request);
                case Event event -> events.make(event);
            }
        } catch (RuntimeException e) {
            LOG.error("request {}: its spans could not be made", traced.id(), e);
        }
    }

    /** Sends what is there; waits for a few seconds at most. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        provider.shutdown().join(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }
}
