package dev.mayfly.server;

import dev.mayfly.gateway.AdminAnswer;
import dev.mayfly.gateway.AdminHandler;
import dev.mayfly.gateway.AdminRequest;
import dev.mayfly.registry.UnavailableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The admin API of a server that may have started without its database: 503 until it is there. */
final class LateApi implements AdminHandler {
    private final Supplier<AdminApi> making;

    private volatile @Nullable AdminApi made;

    LateApi(Supplier<AdminApi> making) {
        this.making = making;
    }

    @Override
    public AdminAnswer answer(AdminRequest request) {
        try {
            return api().answer(request);
        } catch (UnavailableException _) { // the replica says so, once
            Refusal refusal =
                    Refusal.of(
                                    Kind.DATABASE_AWAY,
                                    "the database does not answer; apps are served as they were")
                            .with("retry-after", "2");
            return Answers.rendered(Answer.refused(refusal), request);
        }
    }

    private AdminApi api() {
        AdminApi api = made;
        return api != null ? api : make();
    }

    private synchronized AdminApi make() {
        AdminApi api = made;
        if (api == null) {
            api = making.get();
            made = api;
        }
        return api;
    }
}
