package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What tells one state of a file from another without reading it; links are followed.
 *
 * @param size in bytes
 * @param modified when
 * @param identity of the file itself, where the file system has one: a replaced file has another
 */
record FileState(long size, FileTime modified, Optional<Object> identity) {
    /** A file that cannot be seen. */
    static final FileState ABSENT = new FileState(-1, FileTime.fromMillis(0), Optional.empty());

    static FileState of(Path file) {
        try {
            BasicFileAttributes seen = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileState(
                    seen.size(), seen.lastModifiedTime(), Optional.ofNullable(seen.fileKey()));
        } catch (IOException _) { // gone, or not ours to see
            return ABSENT;
        }
    }
}
