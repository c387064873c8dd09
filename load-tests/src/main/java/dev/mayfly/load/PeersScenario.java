package dev.mayfly.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The same hello on other servers that keep each request apart: a new process, a new instance, or a
 * copy that is reset. One after the other, each alone on the machine.
 */
final class PeersScenario implements Scenario {
    private static final int CONNECTIONS = 16;

    @Override
    public String name() {
        return "peers";
    }

    @Override
    public String summary() {
        return "the same hello on lighttpd CGI, node:wasi, workerd, wasmtime and here";
    }

    @Override
    public void measure(Checkout checkout, Effort effort, Figures figures)
            throws IOException, InterruptedException {
        for (Peer peer : Peers.all(checkout)) {
            Optional<String> missing = peer.missing();
            if (missing.isPresent()) {
                figures.row(peer.name(), "skipped: " + missing.get());
                continue;
            }
            measure(peer, effort, figures);
        }
    }

    /** One that breaks has a row that says how: it is no reason to leave the others out. */
    private static void measure(Peer peer, Effort effort, Figures figures)
            throws InterruptedException {
        try (Scratch scratch = Scratch.make();
                Server server = peer.start(scratch.folder())) {
            check(server, peer);
            Load.Rate rate = rate(server, peer, effort);
            figures.row(peer.name(), rate.describe());
            figures.value(peer.name() + "_rps", rate.perSecond(), 0);
        } catch (IOException e) {
            figures.row(peer.name(), "failed: " + e.getMessage());
        }
    }

    /** What is compared must be the same work. */
    private static void check(Server server, Peer peer) throws IOException {
        try (Wire wire = new Wire(server.port())) {
            Answer answer = wire.ask(Wire.get("localhost", peer.path()));
            if (!answer.text().startsWith("hello GET " + peer.path())) {
                throw new IOException(peer.name() + " answers " + answer.summary());
            }
        }
    }

    private static Load.Rate rate(Server server, Peer peer, Effort effort)
            throws IOException, InterruptedException {
        Load load = Load.best();
        load.drive(server.at(peer.path()), CONNECTIONS, effort.warmUp());
        List<Load.Rate> rounds = new ArrayList<>();
        for (int i = 0; i < effort.rounds(); i++) {
            rounds.add(load.drive(server.at(peer.path()), CONNECTIONS, effort.round()));
        }
        return Load.Rate.median(rounds);
    }
}
