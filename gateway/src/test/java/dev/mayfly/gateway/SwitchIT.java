package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Revisions change a hundred times while clients ask without a pause on open connections. */
class SwitchIT {
    private static final int CLIENTS = 4;
    private static final int SWITCHES = Integer.getInteger("mayfly.fuzz.runs", 0) > 0 ? 400 : 100;

    @TempDir Path folder;

    private final AtomicBoolean over = new AtomicBoolean();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final List<AtomicLong> answered =
            IntStream.range(0, CLIENTS).mapToObj(i -> new AtomicLong()).toList();

    private void ask(int client, int port) {
        try (RawClient connection = new RawClient(port)) {
            String request = "GET /a HTTP/1.1\r\nHost: localhost\r\nX-User: " + client + "\r\n\r\n";
            long last = 0;
            while (!over.get()) {
                last = judge(answer(connection.send(request)), last);
                answered.get(client).incrementAndGet();
            }
        } catch (RuntimeException | AssertionError e) {
            complaints.add("client " + client + ": " + e);
        }
    }

    private static Answer answer(RawClient connection) {
        String head = connection.readUntil("\r\n\r\n");
        boolean chunked = head.contains("transfer-encoding: chunked");
        String rest =
                chunked ? connection.readUntil("\r\n0\r\n\r\n") : connection.read(length(head));
        return Answer.of(head + rest);
    }

    private static int length(String head) {
        return Integer.parseInt(head.replaceAll("(?s).*content-length: (\\d+).*", "$1"));
    }

    /** The answer is whole, of one revision, and of none before the last; {@return its revision} */
    private static long judge(Answer answer, long last) {
        assertThat(answer.status()).as("lost: %s", answer).isEqualTo(200);
        assertThat(answer.complete()).as("lost: %s", answer).isTrue();
        long told = Revisions.told(answer.body());
        assertThat(told).as("mixed: %s", answer).isPositive();
        assertThat(told).as("backwards").isGreaterThanOrEqualTo(last);
        return told;
    }

    /** Every client was answered since, or one complained. */
    private void awaitAnswers() {
        List<Long> before = answered.stream().map(AtomicLong::get).toList();
        await().until(() ->
                !complaints.isEmpty()
                        || IntStream.range(0, CLIENTS)
                                .allMatch(i -> answered.get(i).get() > before.get(i)));
    }

    private List<Thread> clients(int port) {
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            clients.add(Thread.ofVirtual().start(() -> ask(client, port)));
        }
        return clients;
    }

    @Test
    void noRequestIsLostMixedOrAnsweredByAnOlderRevision() throws InterruptedException {
        try (Gateway gateway = Gateway.open(PlayedServer.settings(folder))) {
            PreparedApp present = prepared(gateway, 1);
            gateway.serve(AppTraffic.whole(present));
            int port = ((Binding.Bound) gateway.listen()).address().port();
            List<Thread> clients = clients(port);
            for (int revision = 2; revision <= SWITCHES && complaints.isEmpty(); revision++) {
                PreparedApp next = prepared(gateway, revision);
                if (revision % 4 == 0) {
                    share(gateway, present, next);
                }
                gateway.serve(AppTraffic.whole(next));
                assertThat(present.closed()).isTrue();
                present = next;
                if (revision % 8 == 0) {
                    awaitAnswers();
                }
            }
            awaitAnswers();
            over.set(true);
            for (Thread client : clients) {
                client.join();
            }
            assertThat(complaints).isEmpty();
        }
    }

    /** The newer one's share grows; who has come to it stays, since the route is sticky. */
    private void share(Gateway gateway, PreparedApp older, PreparedApp newer) {
        for (int percent : new int[] {5, 50, 95}) {
            gateway.serve(
                    new AppTraffic(
                            "shop",
                            List.of(
                                    new AppTraffic.Share(older, 100 - percent),
                                    new AppTraffic.Share(newer, percent))));
            awaitAnswers();
        }
    }

    private PreparedApp prepared(Gateway gateway, int revision) {
        return Revisions.prepared(gateway, new Revisions(folder).sticky(revision, "header:X-User"));
    }
}
