package dev.mayfly.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Apps {@code <name>-0}, {@code <name>-1}, … over variants of one guest.
 *
 * @param name of the fleet
 * @param kind the guest
 * @param apps how many
 * @param from the first variant's number: fleets apart have digests apart
 * @param digests how many variants
 */
record Fleet(String name, Kind kind, int apps, int from, int digests) {
    private String app(int i) {
        return name + "-" + i;
    }

    private int variant(int i) {
        return from + i % digests;
    }

    private String file(int variant) {
        return kind.guest() + "-" + variant + ".wasm";
    }

    /** Writes the modules, and returns the apps' manifests. */
    List<String> prepare(HostedGateway gateway, String... settings) throws IOException {
        Variants variants = kind.variants();
        for (int i = 0; i < Math.min(digests, apps); i++) {
            gateway.module(file(variant(i)), variants.variant(variant(i)));
        }
        List<String> manifests = new ArrayList<>(apps);
        for (int i = 0; i < apps; i++) {
            manifests.add(Apps.function(app(i), file(variant(i)), settings));
        }
        return manifests;
    }

    /** Asks app {@code n}, which must answer as its own variant. */
    Ask ask(long n) {
        int i = (int) (n % apps);
        return kind.ask(app(i), variant(i));
    }
}
