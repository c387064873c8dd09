package dev.mayfly.load;

import java.io.IOException;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One kept connection that asks over and over and holds what it sees against what may be.
 *
 * @param port of the gateway
 * @param observer knows what may be seen
 * @param findings what was wrong, of all witnesses
 * @param over ends it
 */
record Witness(int port, Succession.Observer observer, Findings findings, CountDownLatch over)
        implements Runnable {
    /** Between two requests of one connection. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    private static final byte[] ASK = Wire.get(Apps.host(Releases.APP), "/");

    /** Two words: what the environment says, and what the module says. */
    private static final Pattern WORDS = Pattern.compile("v(\\d{4}) v(\\d{4})Rust\n(?s:.*)");

    /** Counted by all witnesses of a measurement. */
    static final class Findings {
        private static final int COMPLAINTS = 5;

        final LongAdder asked = new LongAdder();
        final LongAdder lost = new LongAdder();
        final LongAdder mixed = new LongAdder();
        final LongAdder backwards = new LongAdder();
        final Queue<String> complaints = new ConcurrentLinkedQueue<>();

        private void count(LongAdder wrong, String complaint) {
            wrong.increment();
            if (complaints.size() < COMPLAINTS) {
                complaints.add(complaint);
            }
        }
    }

    @Override
    public void run() {
        try {
            while (!over.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
                watch();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** For as long as one connection lasts. */
    private void watch() throws InterruptedException {
        try (Wire wire = new Wire(port)) {
            boolean open = true;
            while (open && !over.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS)) {
                findings.asked.increment();
                Answer answer = wire.ask(ASK);
                judge(answer);
                open = !answer.lastOfItsConnection();
            }
        } catch (IOException e) {
            findings.count(findings.lost, e.toString());
        }
    }

    void judge(Answer answer) {
        Matcher words = WORDS.matcher(answer.text());
        if (answer.status() != 200 || !words.matches()) {
            findings.count(findings.lost, answer.summary());
        } else if (!words.group(1).equals(words.group(2))) {
            findings.count(findings.mixed, answer.summary());
        } else if (!observer.sees(Integer.parseInt(words.group(1)))) {
            findings.count(findings.backwards, answer.summary());
        }
    }
}
