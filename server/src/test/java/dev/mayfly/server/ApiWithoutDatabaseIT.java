package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.gateway.AdminAnswer;
import dev.mayfly.gateway.AdminAnswer.Content;
import dev.mayfly.gateway.AdminRequest;
import dev.mayfly.gateway.LogPage;
import dev.mayfly.registry.DatabaseSettings;
import dev.mayfly.registry.Registry;
import dev.mayfly.registry.RegistrySettings;
import dev.mayfly.registry.Scope;
import dev.mayfly.registry.TokenCheck;
import dev.mayfly.registry.UnavailableException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API while the database is away, from the start or since a while. */
class ApiWithoutDatabaseIT {
    @TempDir Path folder;

    /** One whose database was never there: nothing listens on that port. */
    private Registry away() {
        return Registry.openLater(
                RegistrySettings.defaults(
                        new DatabaseSettings.Server("postgres://u:planted@127.0.0.1:1/d"), folder));
    }

    private AdminApi api(Registry registry) {
        PlayedParts parts = new PlayedParts(registry);
        return new AdminApi(
                new AdminParts(
                        registry,
                        parts,
                        parts,
                        parts,
                        parts,
                        PlayedParts.observed(_ -> new LogPage(List.of(), 0)),
                        PlayedParts.others(folder),
                        Optional.of(new PlayedEvents(true))));
    }

    private static AdminAnswer ask(AdminApi api, String method, String path, String token) {
        return api.answer(
                new AdminRequest(
                        "r",
                        method,
                        new AdminRequest.Target(path, ""),
                        Map.of("authorization", List.of("Bearer " + token)),
                        new AdminRequest.Body(0, InputStream.nullInputStream())));
    }

    private static String text(AdminAnswer answer) {
        return new String(((Content.Whole) answer.content()).bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void everythingThatNeedsItIsAnsweredWith503AndWhenToComeBack() {
        try (Registry away = away()) {
            AdminApi api = api(away);
            for (Endpoint endpoint : api.endpoints()) {
                String path =
                        endpoint.path()
                                .text()
                                .replace("{app}", "shop")
                                .replace("{revision}", "1")
                                .replace("{digest}", ApiServer.DIGEST)
                                .replace("{topic}", "t")
                                .replace("{partition}", "0")
                                .replace("{offset}", "0")
                                .replace("{activation}", "x")
                                .replace("{id}", "x");
                AdminAnswer answer = ask(api, endpoint.method(), path, "mayfly_unknown");
                boolean open = endpoint.access() == Access.OPEN;
                assertThat(answer.status()).as(path).isEqualTo(open ? 200 : 503);
                assertThat(answer.fields().containsKey("retry-after")).isEqualTo(!open);
                assertThat(text(answer)).doesNotContain("planted", "Exception", "127.0.0.1:1");
            }
        }
    }

    @Test
    void aTokenThatWasConfirmedLatelyIsKnownAndOthersAreNot() {
        AtomicBoolean gone = new AtomicBoolean();
        try (ApiServer server = new ApiServer(folder);
                Registry away = away()) {
            KnownTokens known =
                    new KnownTokens(() -> gone.get() ? away.tokens() : server.registry.tokens());
            String text = server.token(Scope.READ);
            String never = server.token(Scope.READ);
            String revoked = server.token(Scope.READ);
            known.check(text);
            known.check(revoked);
            server.registry.tokens().revoke(revoked.substring(7, 23), "test");
            known.check(revoked);
            gone.set(true);
            assertThat(known.check(text)).isInstanceOf(TokenCheck.Valid.class);
            assertThatThrownBy(() -> known.check(never)).isInstanceOf(UnavailableException.class);
            assertThatThrownBy(() -> known.check(revoked)).isInstanceOf(UnavailableException.class);
        }
    }
}
