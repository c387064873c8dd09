package dev.mayfly.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The blocks of a PEM file (RFC 7468); what stands around them is passed over. */
final class PemText {
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");

    private PemText() {}

    // Made here and read by whoever asked.
    @SuppressWarnings("ArrayRecordComponent")
    record Block(String label, byte[] bytes) {}

    static List<Block> read(Path file) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher found = BLOCK.matcher(text(file));
        while (found.find()) {
            blocks.add(new Block(found.group(1), decoded(file, found.group(2))));
        }
        return blocks;
    }

    private static String text(Path file) throws IOException {
        try {
            // A byte a char: a key in binary form is then a file without a block, not an error.
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " is not there", e);
        } catch (IOException e) {
            throw new IOException(file + " cannot be read: " + e, e);
        }
    }

    private static byte[] decoded(Path file, String base64) throws IOException {
        // Headers as in "Proc-Type: 4,ENCRYPTED" stand before an empty line.
        if (base64.contains("ENCRYPTED")) {
            throw new IOException(
                    file
                            + " is encrypted (expected: a key without a passphrase; openssl pkey -in "
                            + file
                            + " -out plain.pem makes one)");
        }
        try {
            return Base64.getMimeDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is damaged: its Base64 cannot be read", e);
        }
    }
}
