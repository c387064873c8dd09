package dev.mayfly.load;

import dev.mayfly.guests.Guests;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What it costs to be looked at: the C hello on a server whose meters are scraped each second,
 * which writes an access log to a file, remembers requests and sends one trace in a hundred, over
 * the same on one that does none of that. One is asked while the other idles, by turns.
 */
final class ObservedScenario implements Scenario {
    private static final String HEAP = "-Xmx1g";
    private static final String APP = "observed";
    private static final String FILE = "hello-c.wasm";
    private static final int CONNECTIONS = 16;
    private static final int ROUNDS = 5;
    private static final int WARM_UPS = 4;

    @Override
    public String name() {
        return "observed";
    }

    @Override
    public String summary() {
        return "hello in C with meters, access log, activations and 1 % traces, over none";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        try (SpanReceiver receiver = new SpanReceiver();
                HostedServer on = HostedServer.start(HEAP, looking(receiver));
                HostedServer off = HostedServer.start(HEAP, Map.of("MAYFLY_EVENT_LOOPS", "1"));
                AdminClient adminOn = on.admin();
                AdminClient adminOff = off.admin()) {
            adminOn.deploy(APP, manifest("meta"), FILE, Guests.module("hello-c"));
            adminOff.deploy(APP, manifest("none"), FILE, Guests.module("hello-c"));
            Rounds rounds = new Rounds(target(on), target(off), adminOn);
            rounds.warmUp(effort);
            for (int i = 0; i < (effort.quick() ? 1 : ROUNDS); i++) {
                rounds.next(effort);
            }
            rounds.report(figures);
            figures.row("bytes of spans", String.valueOf(receiver.bytes()));
            if (receiver.bytes() == 0) {
                throw new IllegalStateException("no span came (expected: one trace in a hundred)");
            }
        }
    }

    private static Map<String, String> looking(SpanReceiver receiver) {
        Map<String, String> settings = new HashMap<>();
        settings.put("MAYFLY_EVENT_LOOPS", "1");
        settings.put("MAYFLY_ACCESS_LOG", "true");
        settings.put("MAYFLY_LOG_FORMAT", "json");
        settings.put("MAYFLY_TRACING_ENDPOINT", receiver.endpoint());
        settings.put("MAYFLY_TRACING_RATIO", "0.01");
        return settings;
    }

    private static String manifest(String record) {
        return """
        manifest_version = 1
        [app]
        name = "%s"
        [[trigger.http]]
        route = "/c"
        function = "c"
        [function.c]
        source = "%s"
        record = "%s"
        """
                .formatted(APP, FILE, record);
    }

    private static URI target(HostedServer server) {
        return URI.create("http://127.0.0.1:" + server.port() + "/c");
    }

    /** Both by turns, so that what else the machine does falls on both. */
    private static final class Rounds {
        private final Load load = Load.best();
        private final List<Load.Rate> rateOn = new ArrayList<>();
        private final List<Load.Rate> rateOff = new ArrayList<>();
        private final URI on;
        private final URI off;
        private final AdminClient admin;
        private long scrapes;

        Rounds(URI on, URI off, AdminClient admin) {
            this.on = on;
            this.off = off;
            this.admin = admin;
        }

        /**
         * As the rounds are, scraped too, and several: the server that is looked at has more that
         * is compiled, and what a scrape needs runs once a second only.
         */
        void warmUp(Effort effort) throws IOException, InterruptedException {
            for (int i = 0; i < (effort.quick() ? 1 : WARM_UPS); i++) {
                try (Scraper _ = new Scraper(admin)) {
                    load.drive(on, CONNECTIONS, effort.warmUp());
                }
                load.drive(off, CONNECTIONS, effort.warmUp());
            }
        }

        void next(Effort effort) throws IOException, InterruptedException {
            try (Scraper scraper = new Scraper(admin)) {
                rateOn.add(load.drive(on, CONNECTIONS, effort.round()));
                scrapes += scraper.scrapes();
            }
            rateOff.add(load.drive(off, CONNECTIONS, effort.round()));
        }

        void report(Figures figures) {
            Load.Rate looked = Load.Rate.median(rateOn);
            Load.Rate unseen = Load.Rate.median(rateOff);
            figures.row("observed -c" + CONNECTIONS, looked.describe());
            figures.row("not observed -c" + CONNECTIONS, unseen.describe());
            figures.row("scrapes", String.valueOf(scrapes));
            figures.value("observed_rps", looked.perSecond(), 0);
            figures.value("unobserved_rps", unseen.perSecond(), 0);
            figures.value("observed_ratio", looked.perSecond() / unseen.perSecond(), 2);
        }
    }
}
