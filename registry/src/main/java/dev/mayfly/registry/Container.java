package dev.mayfly.registry;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.env.PropertySource;
import java.util.HashMap;
import java.util.Map;

/**
 * The pool, the migrations and the repositories, wired by Micronaut. Nothing of it is seen outside
 * of this module; nothing outside of it (system properties, environment, files) is read by it.
 */
final class Container implements AutoCloseable {
    private final ApplicationContext context;

    private Container(ApplicationContext context) {
        this.context = context;
    }

    /** Connects, and migrates what an older version left. */
    static Container start(Coordinates coordinates, RegistrySettings settings, Keyring keys) {
        ApplicationContext context =
                ApplicationContext.builder()
                        .deduceEnvironment(false)
                        .enableDefaultPropertySources(false)
                        .environmentPropertySource(false)
                        .propertySources(PropertySource.of("registry", properties(coordinates)))
                        .build();
        context.registerSingleton(coordinates);
        context.registerSingleton(settings.retention());
        context.registerSingleton(keys);
        try {
            context.start();
            context.getBean(Database.class).check();
            return new Container(context);
        } catch (RuntimeException e) {
            context.close();
            throw Failures.translated(e);
        }
    }

    private static Map<String, Object> properties(Coordinates coordinates) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("datasources.default.url", coordinates.url().jdbc());
        properties.put("datasources.default.dialect", "POSTGRES");
        properties.put("flyway.datasources.default.enabled", true);
        properties.put(
                "flyway.datasources.default.locations", "classpath:dev/mayfly/registry/schema");
        properties.put("flyway.datasources.default.default-schema", coordinates.schema());
        properties.put("flyway.datasources.default.create-schemas", true);
        return properties;
    }

    <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
