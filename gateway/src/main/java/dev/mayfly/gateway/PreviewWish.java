package dev.mayfly.gateway;

import java.util.Optional;

/**
 * A request asks to be answered by one revision, which need not be served.
 *
 * @param app the app's name, as a client may have made it up
 * @param revision its number
 * @param token {@code X-Mayfly-Token}, unchecked; a wish by header always has one
 * @param byHost whether the host names the revision, {@code 3--shop.<preview domain>}, rather than
 *     {@code X-Mayfly-Revision}
 */
public record PreviewWish(String app, long revision, Optional<String> token, boolean byHost) {}
