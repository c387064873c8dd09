package dev.mayfly.pool;

import com.dylibso.chicory.wasm.Version;
import dev.mayfly.pool.CacheFile.DamagedException;
import dev.mayfly.pool.ModuleReport.Interpreted;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compiled classes on disk, a file for each module and runtime. A cache and no more: a file that is
 * missing, damaged or foreign means compiling again, a folder that cannot be written means
 * compiling at each start.
 *
 * <p>A file appears whole or not at all: it is written under another name, forced to the disk and
 * renamed. The folder is not forced, since a rename that a power cut undoes costs one compilation.
 */
final class ClassCache {
    /** Counts the ways we had to make a machine of a module; raise it when classes change. */
    private static final int EMITTER = 1;

    /** No module compiles to this much; what does is not ours. */
    private static final long LARGEST = 1L << 30;

    private static final String CLASSES = "classes";
    private static final String TEMPORARY = ".tmp";
    private static final Set<PosixFilePermission> OWNER_ONLY =
            PosixFilePermissions.fromString("rwx------");
    private static final Duration LEFTOVER = Duration.ofHours(1);
    private static final Logger LOG = LoggerFactory.getLogger(ClassCache.class);

    private final Path folder;
    private final String runtime;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    /** The cache in {@code folder} for this runtime. */
    ClassCache(Path folder) {
        this(
                folder,
                EMITTER + "-chicory" + Version.version() + "-jdk" + Runtime.version().feature());
    }

    ClassCache(Path folder, String runtime) {
        this.folder = folder;
        this.runtime = runtime;
    }

    /** Where the classes of {@code digest} are, or would be. */
    Path file(String digest) {
        return folder.resolve(digest + "-" + runtime + ".classes");
    }

    /** The classes of the module {@code digest}, if they are there and undamaged. */
    Optional<CompiledClasses> find(String digest) {
        Path file = file(digest);
        try {
            if (Files.size(file) > LARGEST) {
                throw new DamagedException("larger than any module's classes");
            }
            Map<String, byte[]> parts = CacheFile.read(key(digest), Files.readAllBytes(file));
            byte[] classes = parts.get(CLASSES);
            return classes == null ? Optional.empty() : Optional.of(decoded(classes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (DamagedException e) {
            report(digest, "compiled classes in {} are {}: compiling again", file, e.what());
        } catch (IOException e) {
            report("read", "cannot read compiled classes in {}: {}", file, e.toString());
        }
        return Optional.empty();
    }

    /** Keeps the classes of {@code digest}; where that fails, goes on without. */
    void keep(String digest, CompiledClasses classes) {
        try {
            write(file(digest), CacheFile.write(key(digest), Map.of(CLASSES, encoded(classes))));
        } catch (IOException e) {
            report(
                    "write",
                    "cannot keep compiled classes in {}, each start compiles anew: {}",
                    folder,
                    e.toString());
        }
    }

    private String key(String digest) {
        return digest + " " + runtime;
    }

    private void report(String once, String message, Path where, String why) {
        if (reported.add(once)) {
            LOG.warn(message, where, why);
        }
    }

    private void write(Path file, byte[] bytes) throws IOException {
        makeFolder();
        clearLeftovers();
        Path temporary = Files.createTempFile(folder, "", TEMPORARY);
        try {
            try (FileChannel out = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                ByteBuffer left = ByteBuffer.wrap(bytes);
                while (left.hasRemaining()) {
                    out.write(left);
                }
                out.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Makes the folder, for its owner only: classes in it run outside every sandbox. */
    private void makeFolder() throws IOException {
        Path full = folder.toAbsolutePath();
        if (full.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(full, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } else {
            Files.createDirectories(full);
        }
    }

    /** Deletes what a writer that was killed left behind an hour ago or earlier. */
    private void clearLeftovers() throws IOException {
        Instant old = Instant.now().minus(LEFTOVER);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + TEMPORARY)) {
            for (Path file : files) {
                if (lastModified(file).isBefore(old)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** When {@code file} was written; now, if its writer has just renamed it. */
    private static Instant lastModified(Path file) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return Instant.now();
        }
    }

    private static byte[] encoded(CompiledClasses compiled) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(compiled.classes().size());
        for (Map.Entry<String, byte[]> one : compiled.classes().entrySet()) {
            out.writeUTF(one.getKey());
            out.writeInt(one.getValue().length);
            out.write(one.getValue());
        }
        out.writeInt(compiled.interpreted().size());
        for (Interpreted one : compiled.interpreted()) {
            out.writeUTF(one.function());
            out.writeInt(one.bytes());
            out.writeUTF(one.reason());
        }
        return bytes.toByteArray();
    }

    private static CompiledClasses decoded(byte[] part) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(part));
        Map<String, byte[]> classes = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) {
            classes.put(in.readUTF(), in.readNBytes(in.readInt()));
        }
        List<Interpreted> interpreted = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            interpreted.add(new Interpreted(in.readUTF(), in.readInt(), in.readUTF()));
        }
        return new CompiledClasses(classes, interpreted);
    }
}
