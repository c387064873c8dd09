package dev.mayfly.server;

import dev.mayfly.gateway.Gateway;
import dev.mayfly.gateway.ServerSettings;
import dev.mayfly.gateway.StatusClass;
import dev.mayfly.registry.AnswerCount;
import dev.mayfly.registry.GatewayBeat;
import dev.mayfly.registry.Registry;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
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
    private final String id = UUID.randomUUID().toString();
    private final String name = machine();

    private volatile ServerSettings.@Nullable Address listen;

    Beats(Registry registry, Gateway gateway, Replica replica) {
        this.registry = registry;
        this.gateway = gateway;
        this.replica = replica;
    }

    private static String machine() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) { // a machine without a name has a process all the same
            return "pid-" + ProcessHandle.current().pid();
        }
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
                                    id, name, address.toString(), replica.applied(), Instant.EPOCH),
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
        registry.gateways().leave(id);
    }
}
