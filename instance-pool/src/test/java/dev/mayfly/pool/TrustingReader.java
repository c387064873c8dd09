package dev.mayfly.pool;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Readers of artifacts that leave one check out, to see that the damage test notices. */
enum TrustingReader implements ArtifactDamage.Reader {
    OF_PARTS,
    OF_HEADERS;

    private static final int MAGIC = 8;

    @Override
    public Optional<Map<String, byte[]>> read(Path folder, String name) throws IOException {
        byte[] bytes = Files.readAllBytes(folder.resolve(name));
        try {
            return Optional.of(parts(new DataInputStream(new ByteArrayInputStream(bytes))));
        } catch (IOException | RuntimeException e) {
            return Optional.empty(); // as a file that makes no sense at all
        }
    }

    private Map<String, byte[]> parts(DataInputStream in) throws IOException {
        in.skipNBytes(MAGIC);
        int size = in.readInt();
        int sum = in.readInt();
        byte[] header = exactly(in, size);
        check(OF_HEADERS, header, sum);
        DataInputStream names = new DataInputStream(new ByteArrayInputStream(header));
        names.readUTF();
        Map<String, byte[]> parts = new LinkedHashMap<>();
        for (int left = names.readInt(); left > 0; left--) {
            String part = names.readUTF();
            byte[] bytes = exactly(in, names.readInt());
            check(OF_PARTS, bytes, names.readInt());
            parts.put(part, bytes);
        }
        return parts;
    }

    private static byte[] exactly(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("cut off");
        }
        return bytes;
    }

    private void check(TrustingReader unlessIt, byte[] bytes, int sum) throws IOException {
        CRC32C found = new CRC32C();
        found.update(bytes);
        if (this != unlessIt && (int) found.getValue() != sum) {
            throw new IOException("altered");
        }
    }
}
