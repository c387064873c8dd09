package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import dev.mayfly.manifest.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BundleReaderTest {
    private static final String APP =
            """
            manifest_version = 1
            [app]
            name = "shop"
            [[trigger.http]]
            route = "/assets/..."
            files = { source = "public" }
            [[trigger.http]]
            route = "/..."
            function = "hello"
            [function.hello]
            source = "./hello.wasm"
            files = [ { source = "data", destination = "/data" } ]
            """;

    private static final String SHA_OF_ABC =
            "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir Path machine;
    private Path folder;

    @BeforeEach
    void anApp() throws IOException {
        folder = Files.createDirectories(machine.resolve("app"));
        write("app/hello.wasm", "abc");
        write("app/data/deep/er/one.txt", "one");
        write("app/public/index.html", "<p>");
        write("app/not-named.txt", "not named");
    }

    @Test
    void modulesMountsAndStaticFilesAreCollectedAndNothingElse() throws IOException {
        Bundle bundle = bundle();

        assertThat(bundle.files())
                .containsOnlyKeys("data/deep/er/one.txt", "hello.wasm", "public/index.html");
        assertThat(bundle.digests()).containsEntry("hello.wasm", SHA_OF_ABC);
        assertThat(bundle.files().get("hello.wasm"))
                .isEqualTo(new Artifact("hello.wasm", folder.resolve("hello.wasm"), 3, SHA_OF_ABC));
    }

    @Test
    void theSameBytesAreSentOnce() throws IOException {
        write("app/data/copy", "abc");
        write("app/public/copy", "abc");

        assertThat(bundle().files()).hasSize(5);
        assertThat(bundle().distinct()).hasSize(3);
    }

    @Test
    void anEmptyFileIsAFile() throws IOException {
        write("app/data/empty", "");

        assertThat(bundle().files()).containsKey("data/empty");
    }

    @Test
    void aLinkThatStaysIsSentAsWhatItPointsTo() throws IOException {
        link("app/data/link.txt", "deep/er/one.txt");
        link("app/data/folder", "deep");

        assertThat(bundle().files()).containsKeys("data/link.txt", "data/folder/er/one.txt");
    }

    @Test
    void everyLinkThatLeavesIsRefusedByName() throws IOException {
        write("secret.txt", "secret");
        write("elsewhere/file", "x");
        link("app/data/up.txt", machine.resolve("secret.txt").toString());
        link("app/data/away", machine.resolve("elsewhere").toString());
        link("app/data/beside", "../not-named.txt");
        link("app/public/nothing", "nowhere");

        assertThat(problems())
                .hasSize(4)
                .anySatisfy(each -> assertThat(each).contains("data/up.txt", "is a link"))
                .anySatisfy(each -> assertThat(each).contains("data/away", "elsewhere"))
                .anySatisfy(each -> assertThat(each).contains("data/beside", "not-named.txt"))
                .anySatisfy(
                        each -> assertThat(each).contains("public/nothing", "a link to nothing"));
    }

    @Test
    void aModuleThatIsALinkOutOfTheFolderIsRefused() throws IOException {
        write("built.wasm", "abc");
        Files.delete(folder.resolve("hello.wasm"));
        link("app/hello.wasm", machine.resolve("built.wasm").toString());

        assertThat(problems())
                .singleElement()
                .satisfies(each -> assertThat(each).contains("hello.wasm is a link to"));
    }

    @Test
    void aFolderThatIsALinkOutOfTheFolderIsRefused() throws IOException {
        write("elsewhere/file", "x");
        Files.delete(folder.resolve("public/index.html"));
        Files.delete(folder.resolve("public"));
        link("app/public", machine.resolve("elsewhere").toString());

        assertThat(problems())
                .singleElement()
                .satisfies(each -> assertThat(each).contains("public is a link to"));
    }

    @Test
    void aLinkBackToItsOwnFolderEndsTheSearchThere() throws IOException {
        link("app/data/deep/again", "..");

        assertThat(problems())
                .singleElement()
                .satisfies(each -> assertThat(each).contains("data/deep/again", "back to itself"));
    }

    @Test
    void allThatIsMissingIsToldAtOnceWithItsPlace() throws IOException {
        Files.delete(folder.resolve("hello.wasm"));
        Files.delete(folder.resolve("public/index.html"));
        Files.delete(folder.resolve("public"));

        assertThat(problems()).hasSize(2).allMatch(each -> each.startsWith("app.toml:"));
    }

    private Bundle bundle() throws IOException {
        return switch (read()) {
            case Parsed.Valid<Bundle>(Bundle bundle) -> bundle;
            case Parsed.Invalid<Bundle>(List<Problem> problems) ->
                    throw new AssertionError(problems);
        };
    }

    private List<String> problems() throws IOException {
        return switch (read()) {
            case Parsed.Valid<Bundle>(Bundle bundle) -> throw new AssertionError(bundle);
            case Parsed.Invalid<Bundle>(List<Problem> problems) ->
                    problems.stream().map(problem -> problem.at("app.toml")).toList();
        };
    }

    private Parsed<Bundle> read() throws IOException {
        Parsed<Manifest> parsed = Manifests.parse(APP);
        assertThat(parsed).isInstanceOf(Parsed.Valid.class);
        return new BundleReader(folder).read(((Parsed.Valid<Manifest>) parsed).value());
    }

    private void write(String path, String text) throws IOException {
        Path file = machine.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    private void link(String path, String target) throws IOException {
        Files.createSymbolicLink(machine.resolve(path), Path.of(target));
    }
}
