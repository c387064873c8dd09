package dev.mayfly.registry;

import jakarta.inject.Singleton;
import java.util.Optional;

/** What is written down about changes: the audit log's lines, and answers to repeat. */
@Singleton
final class LedgerBook {
    private final ChangeRows changes;
    private final AnswerRows answers;

    LedgerBook(ChangeRows changes, AnswerRows answers) {
        this.changes = changes;
        this.answers = answers;
    }

    Optional<AnswerRow> answer(Intent intent) {
        return intent.idempotencyKey().flatMap(key -> answers.find(intent.who(), key));
    }

    void line(long number, Order order, int revision, String detail) {
        changes.add(number, order.intent().who(), order.action(), order.app(), revision, detail);
    }

    void remember(Order order, int revision) {
        Intent intent = order.intent();
        intent.idempotencyKey()
                .ifPresent(key ->
                        answers.add(intent.who(), key, order.request(), order.app(), revision));
    }
}
