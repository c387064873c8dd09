package dev.mayfly.gateway;

import dev.mayfly.http.RequestBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads bodies as a guest would. */
final class ReadBody {
    private ReadBody() {}

    static String whole(RequestBody body) {
        try {
            StringBuilder all = new StringBuilder();
            byte[] piece = new byte[10_000];
            int read;
            while ((read = body.read(piece, 0, piece.length)) >= 0) {
                all.append(new String(piece, 0, read, StandardCharsets.US_ASCII));
            }
            return all.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }
}
