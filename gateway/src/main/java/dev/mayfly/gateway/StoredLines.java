package dev.mayfly.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log lines of functions on disk: what no longer is in memory, and what was logged before a
 * restart. Files are named by their first line's number, so that their names' order is the lines';
 * the oldest file goes when all of them would be larger than they may be.
 *
 * <p>One thread appends. Any thread reads, without a lock: files only grow, a line that is not
 * whole yet is passed over, and one that went meanwhile is passed over as well.
 */
final class StoredLines implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoredLines.class);
    private static final String SUFFIX = ".lines";
    private static final String GAP = "\t";
    private static final int PARTS = 7;

    /** Files that the whole is parted into: so much goes at once. */
    private static final int FILES = 8;

    private final Path folder;
    private final long mostBytes;

    /** The appending thread's, as all below. */
    private @Nullable OutputStream out;

    private long written;
    private boolean broken;

    StoredLines(Path folder, long mostBytes) throws IOException {
        this.folder = folder;
        this.mostBytes = mostBytes;
        Files.createDirectories(
                folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }

    /** Keeps a line. A disk that fails is reported once, and nothing more is kept. */
    void append(LogLine line) {
        if (broken) {
            return;
        }
        try {
            byte[] bytes = text(line).getBytes(StandardCharsets.UTF_8);
            OutputStream file = file(line.number(), bytes.length);
            file.write(bytes);
            written += bytes.length;
        } catch (IOException e) {
            broken = true;
            LOG.error("log lines are no longer kept in {}", folder, e);
        }
    }

    private OutputStream file(long number, int more) throws IOException {
        OutputStream present = out;
        if (present != null && written + more <= mostBytes / FILES) {
            return present;
        }
        close();
        makeRoom();
        OutputStream next =
                Files.newOutputStream(
                        folder.resolve("%019d%s".formatted(number, SUFFIX)),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
        out = next;
        written = 0;
        return next;
    }

    /** For one more file of full size. */
    private void makeRoom() throws IOException {
        List<Path> files = files();
        long all = mostBytes / FILES;
        for (Path file : files) {
            all += Files.size(file);
        }
        for (Path oldest : files) {
            if (all <= mostBytes) {
                return;
            }
            all -= Files.size(oldest);
            Files.delete(oldest);
        }
    }

    /** The oldest first. */
    private List<Path> files() throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
        }
    }

    private static String text(LogLine line) {
        return String.join(
                        GAP,
                        Long.toString(line.number()),
                        Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, line.at())),
                        line.app(),
                        Long.toString(line.revision()),
                        line.function(),
                        line.requestId(),
                        line.line())
                + "\n";
    }

    private static Optional<LogLine> line(String text) {
        String[] parts = text.split(GAP, PARTS);
        if (parts.length < PARTS) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new LogLine(
                            Long.parseLong(parts[0]),
                            Instant.EPOCH.plus(Long.parseLong(parts[1]), ChronoUnit.MICROS),
                            parts[2],
                            Long.parseLong(parts[3]),
                            parts[4],
                            parts[5],
                            parts[6]));
        } catch (NumberFormatException _) { // half a line, of a process that was killed
            return Optional.empty();
        }
    }

    /**
     * What is wanted of the lines before number {@code below}: those after {@code after} from the
     * oldest on, or the newest if that is 0. Blocks.
     */
    List<LogLine> before(long below, LogQuery query, int most) {
        try {
            return query.after() == 0 ? newest(below, query, most) : from(below, query, most);
        } catch (IOException e) {
            LOG.warn("log lines in {} cannot be read", folder, e);
            return List.of();
        }
    }

    private List<LogLine> newest(long below, LogQuery query, int most) throws IOException {
        Deque<LogLine> found = new ArrayDeque<>();
        for (Path file : files().reversed()) {
            read(file, below, query).reversed().forEach(found::addFirst);
            while (found.size() > most) {
                found.removeFirst();
            }
            if (found.size() == most) {
                break;
            }
        }
        return List.copyOf(found);
    }

    private List<LogLine> from(long below, LogQuery query, int most) throws IOException {
        List<LogLine> found = new ArrayList<>();
        for (Path file : files()) {
            found.addAll(read(file, below, query));
            if (found.size() >= most) {
                return List.copyOf(found.subList(0, most));
            }
        }
        return List.copyOf(found);
    }

    private static List<LogLine> read(Path file, long below, LogQuery query) throws IOException {
        List<LogLine> found = new ArrayList<>();
        // Half a character, of a process that was killed, is no reason to read nothing.
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(
                                Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String text = lines.readLine(); text != null; text = lines.readLine()) {
                Optional<LogLine> line = line(text);
                if (line.isPresent()
                        && line.get().number() < below
                        && line.get().number() > query.after()
                        && query.wants(line.get())) {
                    found.add(line.get());
                }
            }
        } catch (NoSuchFileException e) {
            LOG.debug("{} made room meanwhile", file, e);
        }
        return found;
    }

    @Override
    public void close() throws IOException {
        OutputStream present = out;
        if (present != null) {
            out = null;
            present.close();
        }
    }
}
