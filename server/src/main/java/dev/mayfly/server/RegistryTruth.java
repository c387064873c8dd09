package dev.mayfly.server;

import dev.mayfly.registry.LiveApp;
import dev.mayfly.registry.Registry;
import java.util.Map;
import java.util.Optional;

/** What the registry says. */
record RegistryTruth(Registry registry) implements Truth {
    /** Its revisions and its values are two questions: asked again until nothing came between. */
    @Override
    public Optional<AppNow> now(String app) {
        Optional<LiveApp> live = registry.apps().live(app);
        while (live.isPresent()) {
            Map<String, String> values = registry.variables().forRun(app);
            Optional<LiveApp> after = registry.apps().live(app);
            if (after.map(found -> found.state().version())
                    .equals(live.map(found -> found.state().version()))) {
                return Optional.of(new AppNow(live.get(), values));
            }
            live = after;
        }
        return Optional.empty();
    }
}
