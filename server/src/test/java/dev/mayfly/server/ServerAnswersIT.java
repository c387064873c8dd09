package dev.mayfly.server;

import dev.mayfly.registry.DatabaseSettings;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.RegistrySettings;
import dev.mayfly.registry.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** The answers of a whole server, which prepares and serves what it is told. */
@SuppressWarnings("NullAway.Init") // open comes before all
class ServerAnswersIT extends AnswersContract {
    @TempDir static Path folder;
    private TestDatabase database;
    private ServerStart.Running running;
    private Registry registry;

    @Override
    ApiPeer open() {
        database = TestDatabase.start();
        running =
                switch (Server.start(LiveServer.settings(folder, database.url()))) {
                    case ServerStart.Running started -> started;
                    case ServerStart.Refused refused ->
                            throw new IllegalStateException(refused.toString());
                };
        registry =
                Registry.open(
                        RegistrySettings.defaults(
                                new DatabaseSettings.Server(database.url()),
                                folder.resolve("other")));
        return new ApiPeer(running.admin().port(), registry);
    }

    @AfterAll
    void close() {
        registry.close();
        running.server().close();
        database.close();
    }
}
