package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class UploadIT {
    private static final String MOUNT =
            "files = [ { source = \"data\", destination = \"/data\" } ]";

    @TempDir Path folder;

    @Test
    void anUploadThatBreaksGoesOnWhereItEnded() throws Exception {
        try (RunningServer server = RunningServer.start(folder.resolve("server"));
                CutLine line = CutLine.to(server.admin(), 6 << 20)) {
            Path app = withData(server, 10 << 20);

            Typed deploy =
                    server.mayfly("deploy", app.toString(), "--server", "http://" + line.address());

            assertThat(deploy.exit()).as(deploy.err()).isZero();
            assertThat(deploy.err())
                    .contains("uploading data/large.bin (10.0 MiB)")
                    .contains("the connection broke; going on where it ended");
            assertThat(line.bytesFromTheClient()).isLessThan((long) (10 << 20) + (5 << 20));
        }
    }

    private static Path withData(RunningServer server, int bytes) throws Exception {
        Path app = server.app("large", "/large", "");
        Path manifest = app.resolve("app.toml");
        Files.writeString(manifest, Files.readString(manifest) + MOUNT + "\n");
        byte[] data = new byte[bytes];
        new Random(1).nextBytes(data);
        Files.write(Files.createDirectory(app.resolve("data")).resolve("large.bin"), data);
        return app;
    }
}
