package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.registry.Token;
import dev.mayfly.registry.TokenCheck;
import dev.mayfly.registry.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The token that a server makes for its first administrator. */
class BootstrapTokenIT {
    @TempDir Path folder;
    private ApiServer server;

    @BeforeEach
    void open() {
        server = new ApiServer(folder);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Tokens tokens() {
        return server.registry.tokens();
    }

    private Path file() {
        return folder.resolve("admin.token");
    }

    @Test
    void itIsMadeOnceForItsOwnerOnlyAndAdministers() throws IOException {
        BootstrapToken.ensure(tokens(), folder);
        String text = Files.readString(file()).strip();
        assertThat(tokens().check(text))
                .isInstanceOfSatisfying(
                        TokenCheck.Valid.class,
                        valid -> assertThat(valid.token().isAdmin()).isTrue());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        BootstrapToken.ensure(tokens(), folder);
        assertThat(Files.readString(file()).strip()).isEqualTo(text);
        assertThat(tokens().list()).hasSize(1);
    }

    @Test
    void itIsMadeAgainWhenNobodyCouldAdministerAnyMore() throws IOException {
        BootstrapToken.ensure(tokens(), folder);
        String first = Files.readString(file());
        tokens().list().stream().map(Token::id).forEach(id -> tokens().revoke(id, "test"));
        BootstrapToken.ensure(tokens(), folder);
        assertThat(Files.readString(file())).isNotEqualTo(first);
    }

    @Test
    void aTokenThatCannotBeKeptIsNotLeftBehind() {
        Path nowhere = folder.resolve("missing").resolve("folder");
        assertThatThrownBy(() -> BootstrapToken.ensure(tokens(), nowhere))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("admin.token");
        assertThat(tokens().list()).isEmpty();
    }
}
