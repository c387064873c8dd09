package dev.mayfly.http;

import java.util.Optional;

/**
 * A request asks to be answered by one revision, which need not be served.
 *
 * @param app the app's name
 * @param revision its number
 * @param token {@code X-Mayfly-Token}, unchecked; a wish by header always has one
 * @param byHost whether the request's host names the revision, rather than {@code
 *     X-Mayfly-Revision}
 */
public record RevisionWish(String app, long revision, Optional<String> token, boolean byHost) {}
