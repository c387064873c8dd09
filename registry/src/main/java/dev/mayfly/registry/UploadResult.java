package dev.mayfly.registry;

/** How adding a piece of an artifact ended. */
public sealed interface UploadResult {
    /**
     * The piece is stored, more is expected.
     *
     * @param offset where the next one belongs
     */
    record Continue(long offset) implements UploadResult {}

    /** The artifact is stored whole, its digest checked; also when it was before. */
    record Complete() implements UploadResult {}

    /**
     * The piece does not belong there: somebody else may be uploading the same.
     *
     * @param offset where the next one belongs
     */
    record WrongOffset(long offset) implements UploadResult {}

    /**
     * All bytes came, but they are others. Nothing of them is kept.
     *
     * @param actual what they are
     */
    record Mismatch(Digest actual) implements UploadResult {}

    /**
     * The size is another than that of the first piece, or the piece goes beyond it.
     *
     * @param size as first said
     */
    record WrongSize(long size) implements UploadResult {}

    /**
     * The artifact is larger than what this server takes.
     *
     * @param limit {@link Retention#artifactBytes}
     */
    record TooLarge(long limit) implements UploadResult {}
}
