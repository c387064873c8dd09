package dev.mayfly.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The templates of the checkout. */
final class Templates {
    static final Path FOLDER = Repository.ROOT.resolve("sdk-templates");

    /** In the cases of every template that answers requests with a function. */
    private static final List<String> OF_A_FUNCTION =
            List.of(
                    "request = \"GET /\"",
                    "variables = { greeting = ",
                    "request = \"GET /agent?a=1",
                    "headers = { user-agent = ",
                    "request = \"POST /echo\"",
                    "expect.json = { bytes = ",
                    "expect.status = 400",
                    "expect.headers = { set-cookie = [\"flavour=oat; Path=/\", \"size=small",
                    "expect.status = 418",
                    "expect.status = 502",
                    "expect.log = [\"giving up before there is an answer\"]",
                    "expect.status = 404",
                    "expect.log = [\"no page /");

    private static final List<String> OF_RECORDS =
            List.of(
                    "record = { topic = ",
                    "key = ",
                    "headers = {",
                    "json = {",
                    "variables = { vat = ",
                    "expect.output = { key = ",
                    "expect.exit_code = 1",
                    "expect.log = [");

    private static final List<String> OF_FILES =
            List.of(
                    "etag = ",
                    "expect.status = 304",
                    "expect.status = 206",
                    "content-encoding = \"br\"",
                    "content-encoding = \"gzip\"",
                    "cache-control = ",
                    "expect.status = 308",
                    "expect.status = 404",
                    "request = \"GET /app/items/7\"");

    private Templates() {}

    /** {@return the names of all, those in {@code first} before the others} */
    static List<String> names(List<String> first) {
        try (Stream<Path> folders = Files.list(FOLDER)) {
            return folders.filter(folder -> Files.exists(folder.resolve("app.toml")))
                    .map(folder -> folder.getFileName().toString())
                    .sorted(
                            Comparator.<String>comparingInt(name -> rank(first, name))
                                    .thenComparing(Comparator.naturalOrder()))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int rank(List<String> first, String name) {
        int place = first.indexOf(name);
        return place < 0 ? first.size() : place;
    }

    /** {@return its committed modules, relative to its folder} */
    static List<String> modules(String template) {
        try (Stream<Path> files = Files.list(FOLDER.resolve(template))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".wasm") && !name.equals("python.wasm"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the text of all its cases for {@code mayfly test}} */
    static String cases(String template) {
        return Repository.files(FOLDER.resolve(template).resolve("tests")).stream()
                .filter(file -> file.toString().endsWith(".toml"))
                .sorted()
                .map(file -> Repository.text(Repository.ROOT.relativize(file).toString()))
                .collect(Collectors.joining());
    }

    /** {@return what its cases must have in them} */
    static List<String> mustShow(String template) {
        return switch (template) {
            case "kafka-consumer" -> OF_RECORDS;
            case "static-site" -> OF_FILES;
            default -> OF_A_FUNCTION;
        };
    }
}
