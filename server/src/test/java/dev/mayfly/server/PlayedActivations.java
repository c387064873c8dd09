package dev.mayfly.server;

import dev.mayfly.gateway.Activation;
import dev.mayfly.gateway.ActivationQuery;
import dev.mayfly.gateway.Activations;
import dev.mayfly.gateway.PreparedApp;
import dev.mayfly.gateway.Recorded;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A gateway that was never asked anything. */
final class PlayedActivations implements Activations {
    @Override
    public List<Activation> newest(ActivationQuery query) {
        return List.of();
    }

    @Override
    public Optional<Activation> find(String id) {
        return Optional.empty();
    }

    @Override
    public Optional<Recorded> recorded(String id) {
        return Optional.empty();
    }

    @Override
    public Optional<Recorded.Answer> replay(
            Recorded.Request request, PreparedApp revision, Duration longest) {
        return Optional.empty();
    }
}
