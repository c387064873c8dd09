package dev.mayfly.registry;

import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * Makes every change: one transaction, one number, one line of the audit log.
 *
 * <pre>
 *   take head ─► answered before? ─► at that version? ─► edit ─► routes ─► line, answer, head
 *       │             │ yes: answer        │ no: stale      │ refused  │ clash        │
 *       └ others      ▼                    ▼                ▼          ▼              ▼
 *         wait     nothing changes      nothing changes    all is taken back       commit
 * </pre>
 *
 * The head is one row, so changes are one after the other over all gateways. That costs nothing
 * that matters (a change takes a few milliseconds, and people make them) and buys that no two can
 * deadlock, that what is read within one cannot change before its commit, and that numbers become
 * visible in their order: a gateway that saw number n will never see a smaller one appear.
 */
@Singleton
final class Ledger {
    /** Bound while what is done is to be taken back. */
    private static final ScopedValue<Boolean> REHEARSAL = ScopedValue.newInstance();

    private final Database database;
    private final HeadRows head;
    private final AppRows apps;
    private final Weights weights;
    private final LedgerBook book;
    private final Claims claims;

    Ledger(
            Database database,
            HeadRows head,
            AppRows apps,
            Weights weights,
            LedgerBook book,
            Claims claims) {
        this.database = database;
        this.head = head;
        this.apps = apps;
        this.weights = weights;
        this.book = book;
        this.claims = claims;
    }

    /** Has every change that {@code change} makes on this thread taken back. */
    static ChangeResult rehearsed(Supplier<ChangeResult> change) {
        return ScopedValue.where(REHEARSAL, true).call(change::get);
    }

    /** Changes an app. */
    ChangeResult change(Order order, Edit edit) {
        return REHEARSAL.isBound() ? rehearse(order, edit) : make(order, edit);
    }

    private ChangeResult make(Order order, Edit edit) {
        return database.write(undo -> {
            ChangeResult result = attempt(order, edit);
            if (!(result instanceof ChangeResult.Done)) {
                undo.run();
            }
            return result;
        });
    }

    /** Changes what belongs to no app; {@code edit} is given the number of the change. */
    <T> T note(String who, String action, String detail, LongFunction<T> edit) {
        return database.write(() -> {
            long number = head.lock() + 1;
            T result = edit.apply(number);
            book.line(number, new Order("", action, Intent.of(who), ""), 0, detail);
            head.advance(number);
            return result;
        });
    }

    /** Changes an app and takes it back, whatever came of it. */
    ChangeResult rehearse(Order order, Edit edit) {
        return database.write(undo -> {
            ChangeResult result = attempt(order, edit);
            undo.run();
            return result;
        });
    }

    private ChangeResult attempt(Order order, Edit edit) {
        long number = head.lock() + 1;
        AppRow app = apps.find(order.app()).orElse(new AppRow(order.app(), 0, 0));
        return replayed(order, app)
                .or(() -> stale(order.intent(), app))
                .orElseGet(() ->
                        switch (edit.apply(app, number)) {
                            case Edit.Edited.Refused(ChangeResult result) -> result;
                            case Edit.Edited.Made made ->
                                    claims.settle(order.app())
                                            .orElseGet(() -> finish(order, made, number));
                        });
    }

    private Optional<ChangeResult> replayed(Order order, AppRow app) {
        return book.answer(order.intent())
                .map(answer ->
                        answer.request().equals(order.request())
                                ? new ChangeResult.Done(weights.state(app), answer.revision(), true)
                                : new ChangeResult.KeyReused(answer.key()));
    }

    private static Optional<ChangeResult> stale(Intent intent, AppRow app) {
        return intent.ifVersion().isPresent() && intent.ifVersion().getAsLong() != app.version()
                ? Optional.of(new ChangeResult.Stale(app.version()))
                : Optional.empty();
    }

    private ChangeResult finish(Order order, Edit.Edited.Made made, long number) {
        book.line(number, order, made.revision(), made.detail());
        book.remember(order, made.revision());
        head.advance(number);
        AppRow app = apps.find(order.app()).orElse(new AppRow(order.app(), number, 0));
        return new ChangeResult.Done(weights.state(app), made.revision(), false);
    }
}
