package dev.mayfly.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What a command needs before it so that PostgreSQL does not see root. */
final class Namespace {
    private static final Path SELF = Path.of("/proc/self");

    private Namespace() {}

    static List<String> prefix() throws IOException {
        return isRoot() ? List.of(unshare(), "-U") : List.of();
    }

    private static boolean isRoot() throws IOException {
        return Files.exists(SELF)
                ? Files.getAttribute(SELF, "unix:uid").equals(0)
                : "root".equals(System.getProperty("user.name"));
    }

    private static String unshare() {
        return Stream.of("/usr/bin/unshare", "/bin/unshare")
                .filter(path -> Files.isExecutable(Path.of(path)))
                .findFirst()
                .orElseThrow(() ->
                        new UnavailableException(
                                UnavailableException.Reason.REFUSED,
                                "PostgreSQL does not run as root, and this machine has no"
                                        + " `unshare` to run it otherwise: start the server"
                                        + " as another user, or name a database of your"
                                        + " own"));
    }
}
