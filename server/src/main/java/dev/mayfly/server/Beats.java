package dev.mayfly.server;

import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.gateway.StatusClass;
import dev.mayfly.registry.AnswerCount;
import dev.mayfly.registry.GatewayBeat;
import dev.mayfly.registry.Registry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says to the other gateways that this one is there, how far it has come, and what its split apps
 * answered: every few seconds, and at once when something changed.
 */
final class Beats {
    static final Duration PAUSE = Duration.ofSeconds(5);

    private final Registry registry;
    private final Gateway gateway;
    private final Replica replica;
    private final Self self;

    private volatile ServerSettings.@Nullable Address listen;

    Beats(Self self, Registry registry, Gateway gateway, Replica replica) {
        this.self = self;
        this.registry = registry;
        this.gateway = gateway;
        this.replica = replica;
    }

    void listensAt(ServerSettings.Address address) {
        listen = address;
    }

    /** Once; blocks. */
    void beat() {
        ServerSettings.Address address = listen;
        if (address != null) {
            registry.gateways()
                    .beat(
                            new GatewayBeat(
                                    self.id(),
                                    self.name(),
                                    address.toString(),
                                    self.admin(),
                                    replica.applied(),
                                    Instant.EPOCH),
                            counts());
        }
    }

    private List<AnswerCount> counts() {
        List<AnswerCount> counts = new ArrayList<>();
        for (AppTrack track : replica.tracks()) {
            for (int revision : track.served().split()) {
                gateway.answers(track.app(), revision)
                        .forEach((status, count) ->
                                counts.add(
                                        new AnswerCount(
                                                track.app(), revision, digit(status), count)));
            }
        }
        return counts;
    }

    private static int digit(StatusClass status) {
        return switch (status) {
            case NONE -> 0;
            case INFORMATIONAL -> 1;
            case SUCCESS -> 2;
            case REDIRECTION -> 3;
            case CLIENT_ERROR -> 4;
            case SERVER_ERROR -> 5;
        };
    }

    /** The others need not wait for this one any more. */
    void leave() {
        registry.gateways().leave(self.id());
    }
}
