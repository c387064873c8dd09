package dev.mayfly.http;

/** What came of reading a header block. */
sealed interface ParsedHead permits CgiHead, ParsedHead.Malformed {
    /**
     * No valid head.
     *
     * @param reason for the function's owner
     */
    record Malformed(String reason) implements ParsedHead {}
}
