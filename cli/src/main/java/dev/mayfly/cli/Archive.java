package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a server's apps: a folder, or one zip file that looks the same from within, since the
 * JDK opens it as a file system.
 *
 * <pre>
 *   mayfly-export.json     apps, revisions, variables, traffic, names of secrets; written last
 *   artifacts/&lt;64 hex&gt;     modules and files by their SHA-256, each once
 * </pre>
 */
final class Archive implements AutoCloseable {
    private static final String INDEX = "mayfly-export.json";
    private static final byte[] ZIP = {'P', 'K'};

    private final Path root;
    private final @Nullable FileSystem inside;

    private Archive(Path root, @Nullable FileSystem inside) {
        this.root = root;
        this.inside = inside;
    }

    /** {@return whether {@code path} holds one} */
    static boolean isOne(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return Files.exists(path.resolve(INDEX));
        }
        try (InputStream in = Files.newInputStream(path)) {
            return Arrays.equals(in.readNBytes(ZIP.length), ZIP);
        }
    }

    /**
     * Opens one to be written: a zip if the name says so, else a folder, which may be half written.
     */
    static Archive create(Path path) throws IOException {
        return path.toString().endsWith(".zip")
                ? zip(path, Map.of("create", "true"))
                : new Archive(Files.createDirectories(path), null);
    }

    /** Opens one to be read. */
    static Archive open(Path path) throws IOException {
        return Files.isDirectory(path)
                ? new Archive(path, null)
                : zip(path, Map.of("accessMode", "readOnly"));
    }

    private static Archive zip(Path path, Map<String, String> how) throws IOException {
        FileSystem inside = FileSystems.newFileSystem(path, how);
        return new Archive(inside.getPath("/"), inside);
    }

    void writeIndex(Object index) throws IOException {
        Files.writeString(root.resolve(INDEX), Json.text(index) + "\n");
    }

    /** {@return the index; empty if it was never finished} */
    Optional<JsonNode> index() throws IOException {
        Path file = root.resolve(INDEX);
        return Files.exists(file)
                ? Optional.of(Wire.read(Files.readAllBytes(file)))
                : Optional.empty();
    }

    /** {@return whether it is there whole} */
    boolean has(String digest) throws IOException {
        Path file = file(digest);
        return Files.exists(file) && Artifact.of(digest, file).digest().equals(digest);
    }

    /** Takes the bytes in, if they are the right ones; what broke off halfway is not there. */
    void write(String digest, InputStream bytes) throws IOException {
        Path file = file(digest);
        Files.createDirectories(file.resolveSibling("."));
        Path part = file.resolveSibling(file.getFileName() + ".part");
        MessageDigest sha256 = Artifact.sha256();
        Files.copy(new DigestInputStream(bytes, sha256), part, StandardCopyOption.REPLACE_EXISTING);
        if (!Artifact.written(sha256).equals(digest)) {
            Files.delete(part);
            throw new IOException(digest + ": other bytes came; try again");
        }
        Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }

    /** {@return it as something to upload} */
    Artifact artifact(String path, String digest) throws IOException {
        Path file = file(digest);
        if (!Files.exists(file)) {
            throw new IOException("the export lacks " + digest + " (" + path + "); export again");
        }
        return new Artifact(path, file, Files.size(file), digest);
    }

    /** Nothing but hex digits become a path. */
    private Path file(String digest) {
        String hex = digest.replaceFirst("^sha256:", "");
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "digest \"" + digest + "\" (expected: sha256: and 64 hex digits)");
        }
        return root.resolve("artifacts").resolve(hex);
    }

    @Override
    public void close() throws IOException {
        if (inside != null) {
            inside.close();
        }
    }
}
