package dev.mayfly.registry;

/** One change of an app, within the ledger's transaction. */
@FunctionalInterface
interface Edit {
    /** The app as it is, live and version 0 when there is none, and the number of the change. */
    Edited apply(AppRow app, long number);

    /** What came of it. */
    sealed interface Edited {
        /** The rows are changed; routes and audit log follow. */
        record Made(int revision, String detail) implements Edited {}

        /** Nothing is to change. */
        record Refused(ChangeResult result) implements Edited {}
    }
}
