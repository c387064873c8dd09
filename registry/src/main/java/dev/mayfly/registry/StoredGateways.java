package dev.mayfly.registry;

import jakarta.inject.Singleton;
import java.util.List;

/** Gateways in the database. None of this takes the head: a beat is no change. */
@Singleton
final class StoredGateways implements Gateways {
    private final Database database;
    private final GatewayRows gateways;
    private final AnsweredRows answered;

    StoredGateways(Database database, GatewayRows gateways, AnsweredRows answered) {
        this.database = database;
        this.gateways = gateways;
        this.answered = answered;
    }

    @Override
    public void beat(GatewayBeat beat, List<AnswerCount> counts) {
        database.write(() -> {
            gateways.put(beat.id(), beat.name(), beat.address(), beat.admin(), beat.applied());
            counts.forEach(count ->
                    answered.put(
                            beat.id(),
                            count.app(),
                            count.revision(),
                            count.status(),
                            count.count()));
            return counts.size();
        });
    }

    /** Its counts go with it only later: a rollout may still be judged by them. */
    @Override
    public void leave(String id) {
        database.write(() -> {
            gateways.gone(id);
            return id;
        });
    }

    @Override
    public List<GatewayBeat> present() {
        return database.read(() ->
                gateways.present(PRESENCE.toSeconds()).stream().map(GatewayRow::beat).toList());
    }

    @Override
    public List<AnswerCount> answered(String app, int revision) {
        return database.read(
                () -> answered.of(app, revision).stream().map(AnsweredRow::counted).toList());
    }
}
