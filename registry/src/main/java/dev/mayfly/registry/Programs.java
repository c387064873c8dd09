package dev.mayfly.registry;

import dev.mayfly.registry.UnavailableException.Reason;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** Unpacks the PostgreSQL that comes with this build, once per version and folder. */
final class Programs {
    private static final int OWNER_MAY_RUN = 0100;

    private Programs() {}

    /** {@return the folder that has {@code bin/postgres}, in {@code home}} */
    static Path unpacked(Path home) throws IOException {
        byte[] archive = archive();
        Path folder = home.resolve("postgresql-" + Digest.of(archive).hex().substring(0, 12));
        if (!Files.exists(folder)) {
            PrivateFile.folder(home);
            Path draft = Files.createTempDirectory(home, "unpacking-");
            unpack(archive, draft);
            moveTo(draft, folder);
        }
        return folder;
    }

    private static byte[] archive() throws IOException {
        String name = "/postgres-%s-%s.txz".formatted(system(), machine());
        try (InputStream archive = Programs.class.getResourceAsStream(name)) {
            if (archive == null) {
                throw new UnavailableException(
                        Reason.REFUSED,
                        "this build brings no PostgreSQL for this machine ("
                                + name
                                + "): name a database of your own");
            }
            return archive.readAllBytes();
        }
    }

    private static String system() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.startsWith("windows") ? "windows" : name.startsWith("mac") ? "darwin" : "linux";
    }

    private static String machine() {
        String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (name) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> name;
        };
    }

    /** Two processes may unpack at once: the first to be ready wins. */
    private static void moveTo(Path draft, Path folder) throws IOException {
        try {
            Files.move(draft, folder);
        } catch (IOException e) {
            PrivateFile.remove(draft);
            if (!Files.exists(folder)) {
                throw e;
            }
        }
    }

    private static void unpack(byte[] archive, Path into) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(
                        new XZInputStream(
                                new BufferedInputStream(new ByteArrayInputStream(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                unpack(entry, tar, into);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream bytes, Path into)
            throws IOException {
        Path target = into.resolve(entry.getName()).normalize();
        if (!target.startsWith(into)) {
            throw new IOException(entry.getName() + " leaves its archive");
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(bytes, target);
        if ((entry.getMode() & OWNER_MAY_RUN) != 0) {
            makeRunnable(target);
        }
    }

    private static void makeRunnable(Path file) throws IOException {
        if (Files.getFileStore(file).supportsFileAttributeView("posix")) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            Files.setPosixFilePermissions(file, permissions);
        }
    }
}
