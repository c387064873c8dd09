package dev.mayfly.server;

import dev.mayfly.gateway.Gateway;
import java.util.ArrayList;
import java.util.List;

/** Every endpoint of the API, in the order of the documents. */
final class EndpointTable {
    private EndpointTable() {}

    static List<Endpoint> of(AdminParts parts) {
        List<Endpoint> table = new ArrayList<>();
        Changes changes = new Changes(parts);
        table.addAll(new SelfCalls(Gateway.version(), () -> List.copyOf(table)).endpoints());
        table.addAll(new AppCalls(parts, changes).endpoints());
        table.addAll(new DeployCalls(parts, changes).endpoints());
        table.addAll(new TrafficCalls(parts, changes).endpoints());
        table.addAll(new VariableCalls(parts, changes).endpoints());
        table.addAll(new ArtifactCalls(parts.registry()).endpoints());
        table.addAll(new TokenCalls(parts.registry()).endpoints());
        table.addAll(new StatusCalls(parts, Gateway.version()).endpoints());
        table.addAll(new EventCalls(parts, changes).endpoints());
        table.addAll(new LogCalls(parts).endpoints());
        table.addAll(new AllLogCalls(parts).endpoints());
        table.addAll(new ActivationCalls(parts).endpoints());
        table.addAll(new WatchCalls(parts).endpoints());
        return List.copyOf(table);
    }
}
