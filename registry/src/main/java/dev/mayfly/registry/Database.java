package dev.mayfly.registry;

import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.support.DefaultTransactionDefinition;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.function.Function;
import java.util.function.Supplier;

/** Transactions. Nothing of the module talks to the database outside of one. */
@Singleton
final class Database {
    private final TransactionOperations<Connection> transactions;
    private final HeadRows head;
    private final TransactionDefinition oneMoment;

    Database(TransactionOperations<Connection> transactions, HeadRows head) {
        this.transactions = transactions;
        this.head = head;
        this.oneMoment = oneMoment();
    }

    private static TransactionDefinition oneMoment() {
        DefaultTransactionDefinition definition = new DefaultTransactionDefinition();
        definition.setReadOnly(true);
        definition.setIsolationLevel(TransactionDefinition.Isolation.REPEATABLE_READ);
        return definition;
    }

    /** {@return the number of the last change; fails when the database does not answer} */
    long check() {
        return read(head::number);
    }

    /** Reads; everything read is of one moment. */
    <T> T read(Supplier<T> work) {
        return translating(() -> transactions.execute(oneMoment, _ -> work.get()));
    }

    /** Writes all or nothing. */
    <T> T write(Supplier<T> work) {
        return write(_ -> work.get());
    }

    /**
     * Writes all or nothing.
     *
     * @param work is given what takes back all it did
     */
    <T> T write(Function<Runnable, T> work) {
        return translating(() ->
                transactions.executeWrite(transaction -> work.apply(transaction::setRollbackOnly)));
    }

    private static <T> T translating(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw Failures.translated(e);
        }
    }
}
