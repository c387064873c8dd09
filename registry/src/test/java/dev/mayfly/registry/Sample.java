package dev.mayfly.registry;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Apps to commit. Names are new for each test, so tests share a database. */
final class Sample {
    static final byte[] MODULE = "a module".getBytes(StandardCharsets.UTF_8);
    static final Digest DIGEST = Digest.of(MODULE);
    static final Intent ALICE = Intent.of("alice");

    private static final AtomicInteger NAMES = new AtomicInteger();

    private Sample() {}

    static String name() {
        return "app-" + NAMES.incrementAndGet();
    }

    /** One route of its own host. */
    static String manifest(String app) {
        return manifest(app, app + ".example", "/...", "");
    }

    static String manifest(String app, String host, String route, String methods) {
        return """
        manifest_version = 1
        [app]
        name = "%s"
        [[trigger.http]]
        route = "%s"
        hosts = ["%s"]
        %s
        function = "f"
        [function.f]
        source = "f.wasm"
        """
                .formatted(app, route, host, methods);
    }

    static NewRevision revision(String manifest, String message) {
        return new NewRevision(manifest, Map.of("f.wasm", DIGEST), message);
    }

    /** The app with its one route. */
    static NewRevision revision(String app) {
        return revision(manifest(app), "first");
    }

    /** The same app, another text. */
    static NewRevision changed(String app, String words) {
        return revision(manifest(app) + "# " + words + "\n", words);
    }

    static NewRevision changed(String app, String words, int percent) {
        return new NewRevision(
                manifest(app) + "# " + words + "\n", Map.of("f.wasm", DIGEST), words, percent);
    }

    static void upload(Registry registry) {
        registry.artifacts().append(DIGEST, MODULE.length, 0, MODULE);
    }
}
