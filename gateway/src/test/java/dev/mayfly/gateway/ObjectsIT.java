package dev.mayfly.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code runtime.gc_objects}: who may deploy modules whose memory no limit bounds. */
class ObjectsIT {
    private static final Path KOTLIN = Path.of("../sdk-templates/kotlin/hello.wasm");

    @TempDir private Path folder;

    @Test
    void whatOthersDeployMayMakeObjectsOnlyIfTheServersOwnerSaysSo() throws IOException {
        try (Gateway strict = Gateway.open(PlayedServer.settings(folder), Previews.NONE)) {
            assertThat(strict.deploy(kotlin()))
                    .isInstanceOfSatisfying(
                            DeployResult.Refused.class,
                            refused ->
                                    assertThat(refused.problems())
                                            .singleElement()
                                            .asString()
                                            .contains("kotlin", "runtime.gc_objects = true"));
        }
        ServerSettings allowing = PlayedServer.settings(folder, "runtime.gc_objects", "true");
        try (Gateway gateway = Gateway.open(allowing, Previews.NONE)) {
            assertThat(gateway.deploy(kotlin())).isInstanceOf(DeployResult.Deployed.class);
        }
    }

    @Test
    void onesOwnAppsMayMakeThem() throws IOException {
        try (Gateway own = Gateway.open(PlayedServer.settings(folder))) {
            assertThat(own.deploy(kotlin())).isInstanceOf(DeployResult.Deployed.class);
        }
    }

    private AppSource kotlin() throws IOException {
        return new AppFolder(folder)
                .with("kotlin.wasm", Files.readAllBytes(KOTLIN))
                .app(AppFolder.function("/...", "kotlin"));
    }
}
