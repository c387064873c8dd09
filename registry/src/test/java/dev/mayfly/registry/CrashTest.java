package dev.mayfly.registry;

import static dev.mayfly.registry.Sample.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A process killed in the middle of commits leaves the old or the new, never half of one. */
final class CrashTest {
    private static final boolean LONG = Integer.getInteger("mayfly.fuzz.runs", 0) > 0;
    private static final int KILLS = LONG ? 40 : 2;

    @Test
    void whatWasAcknowledgedIsThereAndNothingIsHalf() throws Exception {
        long seed = Long.getLong("mayfly.fuzz.seed", System.nanoTime());
        System.out.println("kills amid commits: " + KILLS + ", -Dmayfly.fuzz.seed=" + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Path folder = Registries.folder();
        try (OwnServer server = OwnServer.embedded()) {
            String url = server.url() + "?currentSchema=crashes";
            RegistrySettings settings = Registries.settings(url, folder, Retention.DEFAULT);
            try (Registry registry = Registry.open(settings)) {
                Sample.upload(registry);
                String app = Sample.name();
                registry.apps().commit(Sample.revision(app), ALICE);
                for (int kill = 0; kill < KILLS; kill++) {
                    int acknowledged = killed(url, folder, app, 1 + random.nextInt(30));
                    assertWhole(registry, app, acknowledged);
                }
            }
        }
    }

    /** {@return the last revision the process said was committed before it was killed} */
    private static int killed(String url, Path folder, String app, int after)
            throws IOException, InterruptedException {
        Process child = Child.run(Child.Deploys.class, url, folder.toString(), app);
        int acknowledged = 0;
        try (BufferedReader said = child.inputReader()) {
            for (int i = 0; i < after; i++) {
                acknowledged = Integer.parseInt(said.readLine());
            }
            // By its handle: the process's own method would close what it has said.
            child.toHandle().destroyForcibly();
            child.waitFor();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                acknowledged = Integer.parseInt(line);
            }
        }
        return acknowledged;
    }

    private static void assertWhole(Registry registry, String app, int acknowledged) {
        LiveApp live = registry.apps().live(app).orElseThrow();
        int number = live.state().live();
        assertThat(number).isBetween(acknowledged, acknowledged + 1);
        assertThat(live.state().traffic()).isEqualTo(Map.of(number, 100));
        assertThat(live.revisions().getFirst().artifacts())
                .isEqualTo(Map.of("f.wasm", Sample.DIGEST));
        List<Revision.Summary> revisions = registry.apps().revisions(app);
        assertThat(revisions.getFirst().number()).isEqualTo(number);
        Change last = registry.audit(app, Long.MAX_VALUE, 1).getFirst();
        assertThat(last.subject().revision()).isEqualTo(number);
        assertThat(last.number()).isEqualTo(live.state().version());
    }
}
