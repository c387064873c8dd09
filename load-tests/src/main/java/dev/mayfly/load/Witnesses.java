package dev.mayfly.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The constant load of a deploys measurement: {@link Witness} by witness, until they end. */
final class Witnesses {
    /** For each gateway. */
    private static final int EACH = 8;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Witness.Findings findings = new Witness.Findings();
    private final List<Thread> threads = new ArrayList<>();

    /** Watches the gateways at {@code ports}, gateway n of {@code succession} at the nth. */
    Witnesses(List<Integer> ports, Succession succession) {
        for (int gateway = 0; gateway < ports.size(); gateway++) {
            for (int i = 0; i < EACH; i++) {
                var observer = succession.new Observer(gateway);
                var witness = new Witness(ports.get(gateway), observer, findings, over);
                threads.add(Thread.startVirtualThread(witness));
            }
        }
    }

    /** Ends them and tells what they found. */
    Witness.Findings end() throws InterruptedException {
        over.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return findings;
    }
}
