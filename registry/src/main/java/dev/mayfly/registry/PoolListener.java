package dev.mayfly.registry;

import io.micronaut.configuration.jdbc.hikari.DatasourceConfiguration;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Sets the pool up from code: a password that went through the container's properties would have
 * its {@code ${…}} replaced, and could be listed.
 */
@Singleton
final class PoolListener implements BeanCreatedEventListener<DatasourceConfiguration> {
    private final Coordinates coordinates;

    PoolListener(Coordinates coordinates) {
        this.coordinates = coordinates;
    }

    @Override
    public DatasourceConfiguration onCreated(BeanCreatedEvent<DatasourceConfiguration> event) {
        DatasourceConfiguration pool = event.getBean();
        long patience = coordinates.patience().toMillis();
        pool.setPoolName("registry");
        pool.setMaximumPoolSize(coordinates.connections());
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(patience);
        pool.setValidationTimeout(Math.max(250, patience / 2));
        pool.setInitializationFailTimeout(patience);
        pool.setKeepaliveTime(Duration.ofMinutes(1).toMillis());
        pool.setDataSourceProperties(coordinates.driver());
        return pool;
    }
}
