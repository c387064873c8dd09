package dev.mayfly.pool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of the store: named parts, each with its checksum, each read when it is asked for.
 *
 * <pre>
 *   8  magic
 *   4  length of the header
 *   4  crc32c of the header
 *   …  header: name of the file, number of parts; of each part its name, length and crc32c
 *   …  the parts, one after the other, to the end of the file
 * </pre>
 *
 * No byte of a part is handed out before its checksum has been compared. The checksums find damage,
 * not malice: who may write into the folder may run code in this process.
 */
final class ArtifactFile implements Closeable {
    private static final byte[] MAGIC = {'m', 'a', 'y', 'f', 'l', 'y', '\n', 2};
    private static final int PREFIX = MAGIC.length + 8;

    /** Read in one go: two reads cost more than the bytes between them. */
    private static final int HEAD = 256 << 10;

    /** No module has artifacts of this size; what has is not ours. */
    private static final long LARGEST = 1L << 30;

    private final RandomAccessFile file;

    /** The beginning of the file, or all of it. */
    private final byte[] head;

    private final Map<String, Part> parts = new LinkedHashMap<>();

    /** A file's bytes are not what was written under this name. */
    static final class DamagedException extends Exception {
        private static final long serialVersionUID = 1L;

        DamagedException(String what) {
            super(what);
        }

        /** The damage, in two or three words. */
        String what() {
            return String.valueOf(getMessage());
        }
    }

    private record Part(long from, int length, int checksum) {}

    private ArtifactFile(RandomAccessFile file, byte[] head) {
        this.file = file;
        this.head = head;
    }

    /** The bytes of a file that holds {@code parts}. */
    static byte[] write(String name, Map<String, byte[]> parts) {
        try {
            byte[] header = header(name, parts);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(MAGIC);
            out.writeInt(header.length);
            out.writeInt(checksum(header, 0, header.length));
            out.write(header);
            for (byte[] part : parts.values()) {
                out.write(part);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes every byte", e);
        }
    }

    private static byte[] header(String name, Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(name);
        out.writeInt(parts.size());
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            out.writeUTF(part.getKey());
            out.writeInt(part.getValue().length);
            out.writeInt(checksum(part.getValue(), 0, part.getValue().length));
        }
        return bytes.toByteArray();
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }

    /**
     * Opens {@code path} and checks everything but the parts.
     *
     * @param name what it was written under
     */
    static ArtifactFile open(Path path, String name) throws IOException, DamagedException {
        // Not a channel: an interrupt, meant for the run that touches a class first, would close
        // it.
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "r");
        try {
            long length = file.length();
            require(length >= PREFIX, "cut off");
            require(length <= LARGEST, "larger than any artifact");
            byte[] head = new byte[(int) Math.min(length, HEAD)];
            file.readFully(head);
            ArtifactFile opened = new ArtifactFile(file, head);
            opened.readHeader(name, length);
            return opened;
        } catch (IOException | DamagedException e) {
            file.close();
            throw e;
        }
    }

    private void readHeader(String name, long length) throws IOException, DamagedException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(head));
        require(Arrays.equals(MAGIC, in.readNBytes(MAGIC.length)), "not a file of this store");
        int size = in.readInt();
        int checksum = in.readInt();
        require(size >= 0 && size <= length - PREFIX, "header cut off");
        byte[] header = read(PREFIX, size);
        require(checksum == checksum(header, 0, size), "header altered");
        long end = parts(name, PREFIX + (long) size, header);
        require(end == length, "of another length than it was written");
    }

    /** Where the last part ends. */
    private long parts(String name, long from, byte[] header) throws IOException, DamagedException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(header));
        require(in.readUTF().equals(name), "made for something else");
        long position = from;
        for (int left = in.readInt(); left > 0; left--) {
            String part = in.readUTF();
            int length = in.readInt();
            require(length >= 0, part + " of no length");
            parts.put(part, new Part(position, length, in.readInt()));
            position += length;
        }
        return position;
    }

    Set<String> names() {
        return parts.keySet();
    }

    /** Whether all of it was read when it was opened. */
    boolean whole() throws IOException {
        return head.length == file.length();
    }

    /** Bytes of the part {@code name}. */
    int length(String name) throws DamagedException {
        return find(name).length;
    }

    /**
     * The part {@code name}, checked. Any thread; reads the disk unless the part is in the head.
     */
    byte[] part(String name) throws IOException, DamagedException {
        Part part = find(name);
        byte[] bytes = read(part.from, part.length);
        require(checksum(bytes, 0, bytes.length) == part.checksum, name + " altered");
        return bytes;
    }

    private Part find(String name) throws DamagedException {
        @Nullable Part part = parts.get(name);
        if (part == null) {
            throw new DamagedException("without " + name);
        }
        return part;
    }

    private byte[] read(long from, int length) throws IOException {
        if (from + length <= head.length) {
            return Arrays.copyOfRange(head, (int) from, (int) from + length);
        }
        byte[] bytes = new byte[length];
        synchronized (file) {
            file.seek(from);
            file.readFully(bytes);
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static void require(boolean right, String otherwise) throws DamagedException {
        if (!right) {
            throw new DamagedException(otherwise);
        }
    }
}
