package dev.mayfly.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * One of a file's forms: as it is, or compressed beforehand beside it.
 *
 * @param file what to send
 * @param mediaType of the file as it is
 * @param coding {@code br} or {@code gzip}, if it is a compressed one
 * @param varies whether another form exists
 * @param size in bytes
 * @param modified to the nanosecond
 */
record Representation(
        Path file,
        String mediaType,
        Optional<String> coding,
        boolean varies,
        long size,
        Instant modified) {

    static Representation choose(Path file, HeaderFields request) throws IOException {
        Optional<Path> brotli = beside(file, ".br");
        Optional<Path> gzip = beside(file, ".gz");
        boolean varies = brotli.isPresent() || gzip.isPresent();
        AcceptedCodings accepted = AcceptedCodings.of(request);
        String type = MediaTypes.of(file.getFileName().toString());
        if (brotli.isPresent() && accepted.prefer("br", gzip.isPresent() ? "gzip" : "br")) {
            return of(brotli.get(), type, Optional.of("br"), varies);
        }
        if (gzip.isPresent() && accepted.prefer("gzip")) {
            return of(gzip.get(), type, Optional.of("gzip"), varies);
        }
        return of(file, type, Optional.empty(), varies);
    }

    /** A link would lead who knows where: only a plain file counts. */
    private static Optional<Path> beside(Path file, String suffix) {
        Path sibling = file.resolveSibling(file.getFileName() + suffix);
        boolean plain = Files.isRegularFile(sibling, LinkOption.NOFOLLOW_LINKS);
        return plain ? Optional.of(sibling) : Optional.empty();
    }

    private static Representation of(
            Path file, String type, Optional<String> coding, boolean varies) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        Instant modified = attributes.lastModifiedTime().toInstant();
        return new Representation(file, type, coding, varies, attributes.size(), modified);
    }

    /**
     * {@return a strong validator: size and time, and the coding, so that no two forms share it}
     */
    String etag() {
        long nanos = modified.getEpochSecond() * 1_000_000_000 + modified.getNano();
        return "\"%x-%x%s\"".formatted(size, nanos, coding.map(name -> "-" + name).orElse(""));
    }

    /** {@return to the second, as HTTP dates go} */
    Instant lastModified() {
        return modified.truncatedTo(ChronoUnit.SECONDS);
    }
}
