package dev.mayfly.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a guest can do with a mount, and what not. */
class MountedFilesTest {
    private static final int MOUNT = 3;
    private static final int PATH = 100;
    private static final int FD = 600;
    private static final int BUFFER = 8192;
    private static final int FOLLOW = 1;
    private static final int CREATE = 1;
    private static final int EXCLUSIVE = 4;
    private static final int TRUNCATE = 8;
    private static final long READ = 1 << 1;
    private static final long WRITE = 1 << 6;

    @TempDir private Path outside;
    private Path source = Path.of("");
    private HostCalls calls = new HostCalls(Tape.empty());

    @BeforeEach
    void mount() throws IOException {
        source = Files.createDirectories(outside.resolve("mounted"));
        Files.writeString(outside.resolve("secret"), "secret");
        Files.writeString(source.resolve("file"), "0123456789");
        Files.createDirectories(source.resolve("folder/deep"));
        Files.writeString(source.resolve("folder/deep/leaf"), "leaf");
        link("inside", "folder/deep/leaf");
        link("folder/up", "../file");
        link("absolute", outside.resolve("secret").toString());
        link("relative", "../secret");
        link("folder/deep/far", "../../../secret");
        link("nested", "folder/away");
        link("folder/away", "../..");
        link("self", "self");
        link("dangling", "nothing");
        var mounts = List.of(new ReadOnlyMount(source, "/data"));
        calls = new HostCalls(new SandboxLimits(4, 100, 100, mounts), Tape.empty());
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(source.resolve(name), Path.of(target));
    }

    private long open(int folder, String path, int lookup, int openFlags, long rights) {
        int length = calls.put(PATH, path);
        return calls.call("path_open", folder, lookup, PATH, length, openFlags, rights, 0, 0, FD);
    }

    private long open(String path) {
        return open(MOUNT, path, FOLLOW, 0, READ);
    }

    private int opened(String path) {
        assertThat(open(path)).as(path).isZero();
        return calls.memory.readInt(FD);
    }

    private String read(int fd, int most) {
        calls.vector(8, BUFFER, most);
        assertThat(calls.call("fd_read", fd, 8, 1, 0)).isZero();
        return calls.text(BUFFER, calls.memory.readInt(0));
    }

    @Test
    void aFileIsReadFromAnyPlace() {
        int fd = opened("file");
        assertThat(read(fd, 4)).isEqualTo("0123");
        assertThat(calls.call("fd_tell", fd, 16)).isZero();
        assertThat(calls.memory.readLong(16)).isEqualTo(4);
        assertThat(calls.call("fd_seek", fd, 8, 0, 16)).isZero();
        assertThat(read(fd, 100)).isEqualTo("89");
        assertThat(read(fd, 100)).isEmpty();
        calls.vector(8, BUFFER, 3);
        calls.vector(16, BUFFER + 3, 4);
        assertThat(calls.call("fd_pread", fd, 8, 2, 2, 0)).isZero();
        assertThat(calls.text(BUFFER, calls.memory.readInt(0))).isEqualTo("2345678");
        assertThat(calls.call("fd_filestat_get", fd, BUFFER)).isZero();
        assertThat(calls.memory.readLong(BUFFER + 32)).isEqualTo(10);
        assertThat(calls.call("fd_close", fd)).isZero();
        assertThat(calls.call("fd_close", fd)).isEqualTo(8);
    }

    @Test
    void aFileLongerThanOnePieceIsReadWhole() throws IOException {
        Files.writeString(source.resolve("long"), "x".repeat(100_000));
        int fd = opened("long");
        calls.memory.freeze();
        assertThat(read(fd, 110_000)).isEqualTo("x".repeat(100_000));
        assertThat(calls.memory.dirtyLines()).isGreaterThanOrEqualTo(25);
    }

    @ParameterizedTest
    @CsvSource({
        "folder/deep/leaf",
        "./folder//deep/leaf",
        "folder/../folder/deep/leaf",
        "inside",
        "folder/deep/../deep/leaf",
        "folder/deep/./leaf"
    })
    void pathsAndLinksThatStayInsideLeadToTheFile(String path) {
        assertThat(read(opened(path), 100)).isEqualTo("leaf");
    }

    @ParameterizedTest
    @CsvSource({
        "../secret, 76",
        "../mounted/file, 76",
        "folder/../../secret, 76",
        "/etc/passwd, 76",
        "/, 76",
        "absolute, 76",
        "relative, 76",
        "folder/deep/far, 76",
        "nested/secret, 76",
        "nested, 76",
        "self, 32",
        "dangling, 44",
        "nothing, 44",
        "file/, 54",
        "file/x, 54",
        "file/.., 54",
        "'', 44"
    })
    @Tag("limit:FileLookup.MOST_LINKS")
    void otherPathsAreRefused(String path, int errno) {
        assertThat(open(path)).isEqualTo(errno);
        int length = calls.put(PATH, path);
        assertThat(calls.call("path_filestat_get", MOUNT, FOLLOW, PATH, length, BUFFER))
                .isEqualTo(errno);
    }

    @Test
    void aFolderIsAsCloseAsTheMount() {
        int folder = opened("folder");
        assertThat(open(folder, "deep/leaf", FOLLOW, 0, READ)).isZero();
        assertThat(open(folder, "../file", FOLLOW, 0, READ)).isEqualTo(76);
        assertThat(open(folder, "up", FOLLOW, 0, READ)).isEqualTo(76);
    }

    @Test
    void aLinkThatIsNotToBeFollowedIsNotOpened() {
        assertThat(open(MOUNT, "inside", 0, 0, READ)).isEqualTo(32);
        assertThat(open(MOUNT, "absolute", 0, 0, READ)).isEqualTo(32);
    }

    @ParameterizedTest
    @CsvSource({"inside, 0", "folder/up, 0", "absolute, 76", "relative, 76", "file, 28"})
    void onlyATargetInsideIsTold(String path, int errno) {
        int length = calls.put(PATH, path);
        assertThat(calls.call("path_readlink", MOUNT, PATH, length, BUFFER, 300, FD))
                .isEqualTo(errno);
        if (path.equals("inside")) {
            assertThat(calls.text(BUFFER, calls.memory.readInt(FD))).isEqualTo("folder/deep/leaf");
        }
    }

    @Test
    void nothingCanBeWritten() throws IOException {
        Map<String, String> before = tree();
        assertThat(open(MOUNT, "new", 0, CREATE, READ)).isEqualTo(69);
        assertThat(open(MOUNT, "new", 0, CREATE | EXCLUSIVE, READ | WRITE)).isEqualTo(69);
        assertThat(open(MOUNT, "file", 0, TRUNCATE, READ)).isEqualTo(69);
        assertThat(open(MOUNT, "file", 0, 0, READ | WRITE)).isEqualTo(69);
        int path = calls.put(PATH, "file");
        int other = calls.put(PATH + 50, "other");
        int to = PATH + 50;
        int[][] twoPaths = {{MOUNT, PATH, path, MOUNT, to, other}};
        for (int[] a : twoPaths) {
            assertThat(calls.call("path_rename", a[0], a[1], a[2], a[3], a[4], a[5])).isEqualTo(69);
        }
        assertThat(calls.call("path_link", MOUNT, 0, PATH, path, MOUNT, to, other)).isEqualTo(69);
        assertThat(calls.call("path_symlink", PATH, path, MOUNT, to, other)).isEqualTo(69);
        assertThat(calls.call("path_unlink_file", MOUNT, PATH, path)).isEqualTo(69);
        assertThat(calls.call("path_remove_directory", MOUNT, PATH, path)).isEqualTo(69);
        assertThat(calls.call("path_create_directory", MOUNT, to, other)).isEqualTo(69);
        assertThat(calls.call("path_filestat_set_times", MOUNT, 0, PATH, path, 1, 1, 5))
                .isEqualTo(69);
        assertThat(tree()).isEqualTo(before);
    }

    @Test
    void anOpenFileCannotBeWrittenEither() throws IOException {
        Map<String, String> before = tree();
        int fd = opened("file");
        calls.vector(8, PATH, 1);
        assertThat(calls.call("fd_write", fd, 8, 1, 0)).isEqualTo(69);
        assertThat(calls.call("fd_pwrite", fd, 8, 1, 0, 0)).isEqualTo(69);
        assertThat(calls.call("fd_allocate", fd, 0, 100)).isEqualTo(69);
        assertThat(calls.call("fd_filestat_set_size", fd, 0)).isEqualTo(69);
        assertThat(calls.call("fd_filestat_set_times", fd, 1, 1, 5)).isEqualTo(69);
        assertThat(tree()).isEqualTo(before);
    }

    private Map<String, String> tree() throws IOException {
        Map<String, String> tree = new TreeMap<>();
        try (var files = Files.walk(source)) {
            for (Path each : files.toList()) {
                String content = Files.isRegularFile(each) ? Files.readString(each) : "";
                tree.put(each.toString(), content + Files.getLastModifiedTime(outside));
            }
        }
        return tree;
    }

    @Test
    void aFolderIsListed() {
        int fd = opened("folder/deep");
        assertThat(calls.call("fd_readdir", fd, BUFFER, 4000, 0, 0)).isZero();
        assertThat(calls.text(BUFFER, calls.memory.readInt(0)))
                .contains("leaf")
                .doesNotContain("mounted");
        assertThat(calls.call("fd_readdir", opened("file"), BUFFER, 4000, 0, 0)).isEqualTo(54);
    }

    @Test
    void theMountIsToldByItsNameInTheGuestOnly() {
        assertThat(calls.call("fd_prestat_get", MOUNT, 0)).isZero();
        assertThat(calls.memory.readInt(4)).isEqualTo(5);
        assertThat(calls.call("fd_prestat_dir_name", MOUNT, BUFFER, 5)).isZero();
        assertThat(calls.text(BUFFER, 5)).isEqualTo("/data");
        assertThat(calls.call("fd_prestat_get", MOUNT + 1, 0)).isEqualTo(8);
        assertThat(calls.call("fd_filestat_get", MOUNT, BUFFER)).isZero();
        assertThat(calls.memory.read(BUFFER + 16)).as("folder").isEqualTo((byte) 3);
    }

    @Test
    void whatIsNoFileIsNotOpened() throws IOException, InterruptedException {
        new ProcessBuilder("mkfifo", source.resolve("pipe").toString()).start().waitFor();
        assertThat(open("pipe")).isEqualTo(2);
    }

    @Test
    void theRunsEndClosesWhatItOpened() throws IOException {
        opened("file");
        long before = descriptors();
        for (int i = 0; i < 20; i++) {
            opened("file");
        }
        assertThat(descriptors()).isEqualTo(before + 20);
        calls.next(Tape.empty());
        assertThat(descriptors()).isEqualTo(before - 1);
        assertThat(calls.call("fd_tell", 5, 16)).isEqualTo(8);
    }

    @Test
    void theRehearsalLeavesNothingOpen() throws IOException {
        long before = descriptors();
        new MountedFiles(new Host(), List.of(new ReadOnlyMount(source, "/data"))).rehearse();
        assertThat(descriptors()).isEqualTo(before);
    }

    private long descriptors() throws IOException {
        try (var open = Files.list(Path.of("/proc/self/fd"))) {
            return open.map(MountedFilesTest::target).filter(t -> t.startsWith(source)).count();
        }
    }

    private static Path target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor);
        } catch (IOException e) {
            return descriptor; // the one of the listing itself: closed by now
        }
    }

    @Test
    @Tag("limit:OpenFiles.MOST_OPEN")
    void aRunOpensSoManyFilesAndNoMore() {
        int count = 0;
        while (open("file") == 0) {
            count++;
        }
        assertThat(count).isEqualTo(255);
        assertThat(open("file")).isEqualTo(33);
    }

    @Test
    @Tag("limit:OpenFiles.LONGEST_PATH")
    void hostilePathsAreRefused() {
        calls.memory.writeShort(PATH, (short) 0xFFFE);
        assertThat(calls.call("path_open", MOUNT, 0, PATH, 2, 0, READ, 0, 0, FD)).isEqualTo(25);
        assertThat(open("file\0")).isEqualTo(25);
        assertThat(calls.call("path_open", MOUNT, 0, 0, 5000, 0, READ, 0, 0, FD)).isEqualTo(37);
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> calls.call("path_open", MOUNT, 0, -1, 4, 0, READ, 0, 0, FD));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> calls.call("path_open", MOUNT, 0, PATH, 4, 0, READ, 0, 0, -1));
    }

    @Test
    void aDescriptorCanTakeTheNumberOfAnother() {
        int first = opened("file");
        int second = opened("inside");
        assertThat(calls.call("fd_renumber", second, first)).isZero();
        assertThat(read(first, 10)).isEqualTo("leaf");
        assertThat(calls.call("fd_close", second)).isEqualTo(8);
        assertThat(calls.call("fd_renumber", first, 77)).isEqualTo(8);
    }

    @Test
    void withoutMountsThereIsNothing() {
        var none = new HostCalls(Tape.empty());
        assertThat(none.call("fd_prestat_get", MOUNT, 0)).isEqualTo(8);
        assertThat(none.call("path_open", MOUNT, 0, PATH, 1, 0, READ, 0, 0, FD)).isEqualTo(8);
    }
}
