package dev.mayfly.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the file that a path means, and never one outside its folder. */
final class FileLookup {
    private static final String INDEX = "index.html";

    private final Path source;

    /** {@code source} is a folder, or the one file to serve. */
    FileLookup(Path source) {
        this.source = source;
    }

    /** What a path means. */
    sealed interface Located {
        /** A file. */
        record Regular(Path file) implements Located {}

        /** A folder with an index, named without its slash. */
        record NeedsSlash() implements Located {}

        /** Nothing, or nothing to be shown. */
        record Nowhere() implements Located {}
    }

    /** {@code rest} is raw, empty or starts with a slash. */
    Located locate(String rest) throws IOException {
        try {
            return walk(rest);
        } catch (InvalidPathException e) {
            // No file has a name that this system cannot write.
            return new Located.Nowhere();
        }
    }

    private Located walk(String rest) throws IOException {
        Optional<Path> root = real(source);
        if (root.isEmpty()) {
            return new Located.Nowhere();
        }
        Path wanted = root.get();
        int from = 1;
        while (from < rest.length()) {
            int slash = rest.indexOf('/', from);
            int end = slash < 0 ? rest.length() : slash;
            Optional<String> name = name(rest, from, end);
            if (name.isEmpty()) {
                return new Located.Nowhere();
            }
            wanted = wanted.resolve(name.get());
            from = end + 1;
        }
        return located(root.get(), wanted, rest.isEmpty() || rest.endsWith("/"));
    }

    private static Located located(Path root, Path wanted, boolean folder) throws IOException {
        Optional<Path> found = real(wanted).filter(path -> path.startsWith(root));
        if (found.isEmpty()) {
            return new Located.Nowhere();
        }
        if (!Files.isDirectory(found.get())) {
            boolean served = Files.isRegularFile(found.get()) && (!folder || root.equals(wanted));
            return served ? new Located.Regular(found.get()) : new Located.Nowhere();
        }
        Optional<Path> index =
                real(found.get().resolve(INDEX))
                        .filter(path -> path.startsWith(root) && Files.isRegularFile(path));
        if (index.isEmpty()) {
            return new Located.Nowhere();
        }
        return folder ? new Located.Regular(index.get()) : new Located.NeedsSlash();
    }

    /** {@return the decoded name, or nothing for one that is never served} */
    private static Optional<String> name(String rest, int from, int to) {
        String bytes = Escapes.decode(rest, from, to);
        boolean hidden = bytes.startsWith(".") && !(bytes.equals(".well-known") && from == 1);
        if (bytes.isEmpty() || hidden || bytes.indexOf('/') >= 0 || bytes.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        byte[] raw = bytes.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** {@return the path with every link followed, or nothing if it leads nowhere} */
    private static Optional<Path> real(Path path) throws IOException {
        try {
            return Optional.of(path.toRealPath());
        } catch (FileSystemException e) {
            // Missing, a file used as a folder, a loop of links, too long, not permitted.
            return Optional.empty();
        }
    }
}
