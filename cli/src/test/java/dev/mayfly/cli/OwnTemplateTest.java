package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Templates that are folders and repositories, some of them a stranger's with something in mind.
 */
final class OwnTemplateTest {
    private static final String APP =
            """
            manifest_version = 1
            app = { description = "shop", name = 'shop' } # an api
            [[trigger.http]]
            route = "/..."
            function = "api"
            [function.api]
            source = "out/api.wasm"
            """;

    private static final String IGNORED =
            """
            # made by the build
            *.o
            /out/
            build/**
            !build/keep
            docs/*.html
            **/cache
            [Tt]mp?
            !/src/kept.o
            only-folders/
            a/**/z
            \\#odd
            """;

    private static final List<String> MANY_PATHS =
            List.of(
                    ("x.o src/x.o src/kept.o kept.o out/x src/out/x build/x build/keep build/sub/x"
                                    + " docs/a.html docs/sub/a.html cache src/cache/deep/x tmp1 Tmp2 tmp"
                                    + " src/tmpx/y only-folders src/only-folders/x a/z a/b/z a/b/c/z/x"
                                    + " b/a/z #odd plain")
                            .split(" ", -1));

    private static final Map<String, String> PATH = Map.of("PATH", System.getenv("PATH"));

    @TempDir Path temp;
    private Path repository;
    private Path template;
    private Path here;

    @BeforeEach
    void aTemplate() throws IOException {
        repository = Files.createDirectories(temp.resolve("repository"));
        template = Files.createDirectories(repository.resolve("api"));
        here = Files.createDirectories(temp.resolve("here"));
        write("app.toml", APP);
        write("out/api.wasm", "\0asm");
        write("src/main.c", "int main;");
    }

    @Test
    void aFolderIsATemplate() throws IOException {
        Typed made = make("../repository/api");

        assertThat(made.exit()).as(made.err()).isZero();
        assertThat(here.resolve("store/app.toml"))
                .content()
                .isEqualTo(APP.replace("'shop'", "'store'"));
        assertThat(here.resolve("store/src/main.c")).content().isEqualTo("int main;");
    }

    @Test
    void whatGitWouldNotKeepIsNotCopiedButAModuleIs() throws Exception {
        write(".gitignore", IGNORED);
        for (String path : MANY_PATHS) {
            write(path, "x");
        }
        shell(template, "git init -q .");
        TreeSet<String> kept = new TreeSet<>(List.of("out/api.wasm"));
        kept.addAll(
                shell(template, "git -c core.quotePath=false ls-files --others --exclude-standard")
                        .lines()
                        .toList());

        assertThat(TemplateReader.read(template.toRealPath(), "api").files().keySet())
                .isEqualTo(kept);
    }

    @Test
    void aRepositoryIsATemplateAndAPathInItToo() throws Exception {
        shell(repository, "cp -R api/. . && git init -q . && git add .");
        shell(repository, "git -c user.name=a -c user.email=a@example.com commit -q -m one");
        String url = "file://" + repository;

        Typed whole = make(url);
        assertThat(whole.exit()).as(whole.err()).isZero();
        assertThat(here.resolve("store/api/src/main.c")).isRegularFile();
        assertThat(here.resolve("store/.git")).doesNotExist();

        Typed part = Typed.in(here, PATH, false, "new", url + "#api", "part");
        assertThat(part.exit()).as(part.err()).isZero();
        assertThat(part.out()).contains("of the template " + url + "#api");
        assertThat(here.resolve("part/src/main.c")).isRegularFile();
        assertThat(here.resolve("part/api")).doesNotExist();

        refused(url + "#nothing", "#nothing is not there", "there is one in api");
        refused(url + "#src/main.c", "is no folder");
        refused(url + "#../here", "leads out of the repository");
    }

    @Test
    void aRepositoryThatIsNotThereIsToldWithWhatGitSaysAndWhatToDo() throws IOException {
        refused(
                "file://" + temp + "/gone",
                "git could not fetch file://" + temp + "/gone",
                "does not appear to be a git repository",
                "is the URL spelled right?");
        refused("http://example.com/x.git", "no URL that templates come from", "https://");
        refused("ext::sh -c 'touch pwned' x://y", "no URL that templates come from");
        assertThat(here).isEmptyDirectory();
    }

    @Test
    void aPasswordInAUrlIsNotShown() throws IOException {
        Typed made = make("https://me:s3cret@localhost:9/x.git");

        assertThat(made.exit()).isEqualTo(1);
        assertThat(made.err())
                .contains("https://***@localhost:9/x.git")
                .doesNotContain("s3cret", "me:");
    }

    @Test
    void whereThereIsNoGitItSaysSo() {
        Typed made =
                Typed.in(here, Map.of("PATH", "/nowhere"), false, "new", "file:///x.git", "store");

        assertThat(made.exit()).isEqualTo(1);
        assertThat(made.err()).contains("file:///x.git", "install git");
    }

    @Test
    void aLinkWithinIsCopiedAsWhatItLeadsTo() throws IOException {
        Files.createSymbolicLink(template.resolve("main.c"), Path.of("src/main.c"));

        assertThat(make("../repository/api").exit()).isZero();
        assertThat(here.resolve("store/main.c")).isRegularFile().content().isEqualTo("int main;");
        assertThat(Files.isSymbolicLink(here.resolve("store/main.c"))).isFalse();
    }

    @Test
    void aLinkThatLeavesIsRefused() throws IOException {
        Files.writeString(temp.resolve("secret"), "s3cret");
        for (String away :
                List.of("../../../secret", temp.resolve("secret").toString(), "../..", "/")) {
            Path link = template.resolve("src/link");
            Files.createSymbolicLink(link, Path.of(away));
            refused("../repository/api", "src/link is a link to " + away + ", outside of it");
            Files.delete(link);
        }
    }

    @Test
    void linksToNothingToFoldersAndToWhatIsLeftOutAreRefused() throws IOException {
        write(".git/config", "url = https://me:s3cret@example.com");
        Path link = template.resolve("link");
        Files.createSymbolicLink(link, Path.of("nothing"));
        refused("../repository/api", "link is a link to nothing");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of("src"));
        refused("../repository/api", "link is no file");
        Files.delete(link);
        Files.createSymbolicLink(link, Path.of(".git/config"));
        refused("../repository/api", "link is a link to .git/config, which is no part of it");
    }

    @Test
    void aPipeIsRefusedNotWaitedFor() throws Exception {
        shell(template, "mkfifo src/pipe");
        refused("../repository/api", "src/pipe is no file");
    }

    @Test
    void aHugeTreeIsRefusedWithItsMend() throws IOException {
        for (int i = 0; i < 2_001; i++) {
            write("node/" + i, "");
        }
        refused("../repository/api", "more than 2000 files", "name in its .gitignore");
        write(".gitignore", "node\n");
        assertThat(make("../repository/api").exit()).isZero();
    }

    @Test
    void aNameThatWouldMoveTheCursorIsRefused() throws IOException {
        write("src/\033[2J", "");
        refused("../repository/api", "src/?[2J", "control character");
    }

    @Test
    void whatIsNoTemplateIsToldSo() throws IOException {
        refused("../repository/gone", "repository/gone is not there");
        refused("../repository", "holds no app.toml", "there is one in api");
        refused("./api", "api is not there");
        write("app.toml", APP + "colour = 1\n");
        refused("../repository/api", "colour", "1 problem in", "nothing was written here");
    }

    @Test
    void nothingIsWrittenThroughALinkInTheTarget() throws IOException {
        Path elsewhere = Files.createDirectories(temp.resolve("elsewhere"));
        Files.createDirectories(here.resolve("store"));
        Files.createSymbolicLink(here.resolve("store/src"), elsewhere);
        refused("../repository/api", "store/src is a link");
        Files.delete(here.resolve("store/src"));
        Files.createSymbolicLink(here.resolve("store/app.toml"), elsewhere.resolve("app.toml"));
        refused("../repository/api", "store/app.toml is a link");

        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aFileWhereAFolderMustBeAndAFolderWhereAFileMustBeAreNamed() throws IOException {
        Files.createDirectories(here.resolve("store/app.toml"));
        refused("../repository/api", "store/app.toml is a folder");
        Files.delete(here.resolve("store/app.toml"));
        Files.writeString(here.resolve("store/src"), "");
        refused("../repository/api", "store/src is a file where the template has a folder");
        assertThat(Typed.in(here, "new", "../repository/api", "--into", "store/src/x").err())
                .contains("store/src is no folder", "--into DIR");
    }

    @Test
    void whatFailsHalfwayLeavesTheFolderAsItWas() throws IOException {
        Files.createDirectories(here.resolve("store/src"));
        Files.writeString(here.resolve("store/app.toml"), "mine");
        Files.setPosixFilePermissions(
                here.resolve("store/src"), PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeThat(Files.isWritable(here.resolve("store/src")))
                .as("who is root writes anywhere")
                .isFalse();
        refused("../repository/api", "store/src");
    }

    private Typed make(String from, String... more) {
        String[] arguments = new String[3 + more.length];
        arguments[0] = "new";
        arguments[1] = from;
        arguments[2] = "store";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return Typed.in(here, PATH, false, arguments);
    }

    /** Forced, even: and whatever is there stays as it is. */
    private void refused(String from, String... words) throws IOException {
        Map<String, String> before = FolderContents.of(here);
        Typed made = make(from, "--force");

        assertThat(made.exit()).as(made.err()).isIn(1, 2, 3);
        assertThat(made.err())
                .startsWith(
                        made.exit() == 3 && made.err().contains("problem in") ? "" : "mayfly new: ")
                .contains(words);
        assertThat(FolderContents.of(here)).isEqualTo(before);
    }

    private void write(String path, String text) throws IOException {
        Path file = template.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private static String shell(Path folder, String command) throws Exception {
        Process process =
                new ProcessBuilder("sh", "-c", command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
