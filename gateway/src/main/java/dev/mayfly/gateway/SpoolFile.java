package dev.mayfly.gateway;

import dev.mayfly.http.RequestBody;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;

/** A body on disk: written by one thread after another, then read from its start. */
final class SpoolFile implements RequestBody {
    private final SpoolFolder folder;
    private final RandomAccessFile file;
    private long length;
    private boolean reading;
    private boolean closed;

    SpoolFile(SpoolFolder folder, RandomAccessFile file) {
        this.folder = folder;
        this.file = file;
    }

    /** Appends; blocks. Fails when the budget or the disk is full, or the file was closed. */
    synchronized void append(byte[] chunk) throws IOException {
        if (!folder.take(chunk.length)) {
            throw new IOException("the spool folder's budget is used up");
        }
        length += chunk.length;
        file.write(chunk);
    }

    @Override
    public synchronized long length() {
        return length;
    }

    @Override
    public synchronized int read(byte[] into, int offset, int count) throws IOException {
        if (!reading) {
            reading = true;
            file.seek(0);
        }
        return file.read(into, offset, count);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        folder.giveBack(length);
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
