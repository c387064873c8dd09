package dev.mayfly.server;

import dev.mayfly.registry.Scope;
import dev.mayfly.registry.Token;
import dev.mayfly.registry.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first token, for whoever can read this server's files: {@code <data>/admin.token}, of its
 * owner alone. It is made when no token of the database administers; after that the file is the
 * administrator's to keep or to remove.
 */
final class BootstrapToken {
    private static final Logger LOG = LoggerFactory.getLogger(BootstrapToken.class);
    private static final String WHO = "this server";
    private static final Duration LIFETIME = Duration.ofDays(3650);

    private BootstrapToken() {}

    /** The path is logged, the token never is. Blocks. */
    static void ensure(Tokens tokens, Path dataFolder) {
        Path file = dataFolder.resolve("admin.token");
        if (tokens.list().stream().anyMatch(BootstrapToken::administers)) {
            return;
        }
        Tokens.Issued issued = tokens.issue("bootstrap", Set.of(Scope.ADMIN), LIFETIME, WHO);
        try {
            write(file, issued.text() + "\n");
            LOG.info("the token of the first administrator is in {}", file);
        } catch (IOException e) {
            tokens.revoke(issued.token().id(), WHO);
            throw new UncheckedIOException("the first token cannot be kept in " + file, e);
        }
    }

    private static boolean administers(Token token) {
        return token.isAdmin() && Instant.now().isBefore(token.expiresAt());
    }

    /** Whole or not at all, and never readable by others. */
    private static void write(Path file, String text) throws IOException {
        Path draft = file.resolveSibling("admin.token.new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, mode());
        Files.write(draft, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static FileAttribute<?>[] mode() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
