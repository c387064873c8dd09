package dev.mayfly.pool;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One file of the cache: named parts, each with its checksum.
 *
 * <pre>
 *   8  magic
 *   4  length of the header
 *  32  sha-256 of the header
 *   …  header: key, number of parts; of each part its name, length and sha-256
 *   …  the parts, one after the other, to the end of the file
 * </pre>
 *
 * Nothing of a file is used before everything that was read of it has been checked. The checksums
 * find damage, not malice: who may write into the folder may run code in this process.
 */
final class CacheFile {
    private static final byte[] MAGIC = {'m', 'a', 'y', 'f', 'l', 'y', '\n', 1};
    private static final int HASH = 32;
    private static final int PREFIX = MAGIC.length + 4 + HASH;

    private CacheFile() {}

    /** A file's bytes are not what was written for this key. */
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

    /** The bytes of a file that holds {@code parts}. */
    static byte[] write(String key, Map<String, byte[]> parts) {
        try {
            byte[] header = header(key, parts);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(MAGIC);
            out.writeInt(header.length);
            out.write(ModuleReader.sha256(header));
            out.write(header);
            for (byte[] part : parts.values()) {
                out.write(part);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException("an array takes every byte", e);
        }
    }

    private static byte[] header(String key, Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(key);
        out.writeInt(parts.size());
        for (Map.Entry<String, byte[]> part : parts.entrySet()) {
            out.writeUTF(part.getKey());
            out.writeInt(part.getValue().length);
            out.write(ModuleReader.sha256(part.getValue()));
        }
        return bytes.toByteArray();
    }

    /** The parts of a file, every one checked. */
    static Map<String, byte[]> read(String key, byte[] file) throws DamagedException {
        int header = headerLength(file);
        byte[] bytes = Arrays.copyOfRange(file, PREFIX, PREFIX + header);
        byte[] hash = Arrays.copyOfRange(file, MAGIC.length + 4, PREFIX);
        require(MessageDigest.isEqual(hash, ModuleReader.sha256(bytes)), "header altered");
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            require(in.readUTF().equals(key), "made for another module or runtime");
            return parts(in, file, PREFIX + header);
        } catch (IOException e) {
            throw new DamagedException("header cut off");
        }
    }

    private static int headerLength(byte[] file) throws DamagedException {
        require(file.length >= PREFIX, "cut off");
        require(Arrays.equals(MAGIC, Arrays.copyOf(file, MAGIC.length)), "not a cache file");
        int length = 0;
        for (int i = MAGIC.length; i < MAGIC.length + 4; i++) {
            length = length << 8 | (file[i] & 0xFF);
        }
        require(length >= 0 && length <= file.length - PREFIX, "header cut off");
        return length;
    }

    private static Map<String, byte[]> parts(DataInputStream in, byte[] file, int from)
            throws IOException, DamagedException {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        int position = from;
        for (int left = in.readInt(); left > 0; left--) {
            String name = in.readUTF();
            int length = in.readInt();
            byte[] hash = in.readNBytes(HASH);
            require(length >= 0 && length <= file.length - position, name + " cut off");
            byte[] part = Arrays.copyOfRange(file, position, position + length);
            require(MessageDigest.isEqual(hash, ModuleReader.sha256(part)), name + " altered");
            parts.put(name, part);
            position += length;
        }
        require(position == file.length, "longer than it was written");
        return parts;
    }

    private static void require(boolean right, String otherwise) throws DamagedException {
        if (!right) {
            throw new DamagedException(otherwise);
        }
    }
}
