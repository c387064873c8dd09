package dev.mayfly.gateway;

import dev.mayfly.http.ResponseHead;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A part of a file, as an answer.
 *
 * @param head the answer's head
 * @param file the file
 * @param offset where the part starts
 * @param length in bytes
 */
record FileAnswer(ResponseHead head, Path file, long offset, long length) {
    private static final Logger LOG = LoggerFactory.getLogger(FileAnswer.class);
    private static final AsciiString CONTENT_LENGTH = AsciiString.of("content-length");
    private static final int PIECE = 64 << 10;

    /** {@return the file opened for reading, null if it cannot be} Blocks. */
    @Nullable FileChannel open() {
        try {
            return FileChannel.open(file, StandardOpenOption.READ);
        } catch (IOException e) {
            LOG.error("{} cannot be read: {}", file, e.toString());
            return null;
        }
    }

    /** Sends the part piece by piece, for protocols the kernel cannot send files over. Blocks. */
    void copyTo(HttpExchange exchange) {
        @Nullable FileChannel opened = open();
        if (opened == null) {
            exchange.respondFailed();
            return;
        }
        exchange.start(measured());
        try (opened) {
            copy(opened, exchange);
            exchange.end();
        } catch (IOException e) {
            LOG.error("{} cannot be read on: {}", file, e.toString());
            exchange.abort(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.abort(500);
        }
    }

    private ResponseHead measured() {
        List<ResponseHead.Field> fields = new ArrayList<>(head.fields());
        fields.add(new ResponseHead.Field(CONTENT_LENGTH, Long.toString(length)));
        return new ResponseHead(head.status(), fields);
    }

    private void copy(FileChannel from, HttpExchange to) throws IOException, InterruptedException {
        long left = length;
        while (left > 0) {
            byte[] piece = new byte[(int) Math.min(PIECE, left)];
            ByteBuffer into = ByteBuffer.wrap(piece);
            while (into.hasRemaining()) {
                if (from.read(into, offset + length - left + into.position()) < 0) {
                    throw new IOException("it has become shorter");
                }
            }
            left -= piece.length;
            to.write(piece);
            to.awaitRoom();
        }
    }
}
