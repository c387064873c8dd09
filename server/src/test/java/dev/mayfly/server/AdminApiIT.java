package dev.mayfly.server;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;

/** The answers of the API alone, over a server that prepares nothing. */
@SuppressWarnings("NullAway.Init") // open comes before all
class AdminApiIT extends AnswersContract {
    @TempDir static Path folder;
    private ApiServer server;

    @Override
    ApiPeer open() {
        server = new ApiServer(folder);
        return server.peer();
    }

    @AfterAll
    void close() {
        server.close();
    }
}
