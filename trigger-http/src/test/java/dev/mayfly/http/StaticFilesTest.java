package dev.mayfly.http;

import static dev.mayfly.http.TestHead.get;
import static dev.mayfly.http.TestHead.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StaticFilesTest {
    private static final String MODIFIED = "Sat, 07 Nov 2026 08:09:10 GMT";

    @TempDir private Path folder;

    @BeforeEach
    void layFilesOut() throws IOException {
        Path files = Files.createDirectories(folder.resolve("public"));
        Files.writeString(folder.resolve("secret.txt"), "secret");
        write(files.resolve("hello.txt"), "0123456789");
        write(files.resolve("index.html"), "<p>index");
        write(files.resolve("app.js"), "plain js");
        write(files.resolve("app.js.gz"), "gzipped");
        write(files.resolve("app.js.br"), "brotli");
        write(files.resolve("empty.css"), "");
        write(files.resolve("sp ace.bin"), "odd");
        write(files.resolve(".env"), "hidden");
        write(Files.createDirectories(files.resolve(".git")).resolve("config"), "hidden");
        write(Files.createDirectories(files.resolve(".well-known")).resolve("x.txt"), "known");
        write(Files.createDirectories(files.resolve("sub")).resolve("index.html"), "<p>sub");
        Files.createDirectories(files.resolve("bare"));
        Files.createSymbolicLink(files.resolve("out"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(files.resolve("up"), folder);
        Files.createSymbolicLink(files.resolve("in"), files.resolve("hello.txt"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        Instant instant = Instant.parse("2026-11-07T08:09:10.123456789Z");
        Files.setLastModifiedTime(file, FileTime.from(instant));
    }

    private TestExchange ask(RequestHead head) throws InterruptedException {
        return ask(head, "");
    }

    private TestExchange ask(RequestHead head, String more) throws InterruptedException {
        String route =
                "[[trigger.http]]\nroute = \"/files/...\"\nfiles = { source = \"public\"%s }\n"
                        .formatted(more);
        return TestApp.of(route).in(folder).ask(head);
    }

    @ParameterizedTest
    @CsvSource({
        "/files/hello.txt,              text/plain; charset=utf-8,      0123456789",
        "/files/h%65llo.txt,            text/plain; charset=utf-8,      0123456789",
        "/files,                        text/html; charset=utf-8,       <p>index",
        "/files/,                       text/html; charset=utf-8,       <p>index",
        "/files/sub/,                   text/html; charset=utf-8,       <p>sub",
        "/files/app.js,                 text/javascript; charset=utf-8, plain js",
        "/files/empty.css,              text/css; charset=utf-8,        ''",
        "/files/sp%20ace.bin,          application/octet-stream,       odd",
        "/files/in,                     text/plain; charset=utf-8,      0123456789",
        "/files/.well-known/x.txt,      text/plain; charset=utf-8,      known",
    })
    void aFileIsServedWithItsType(String path, String type, String body) throws Exception {
        TestExchange answer = ask(get(path));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.value("content-type")).isEqualTo(type);
        assertThat(answer.value("last-modified")).isEqualTo(MODIFIED);
        assertThat(answer.value("accept-ranges")).isEqualTo("bytes");
        assertThat(answer.text()).isEqualTo(body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/files/none.txt",
                "/files/hello.txt/",
                "/files/hello.txt/x",
                "/files/bare/",
                "/files/bare",
                "/files/.env",
                "/files/.git/config",
                "/files/sub/.well-known/x.txt",
                "/files/../secret.txt",
                "/files/%2e%2e/secret.txt",
                "/files/..%2fsecret.txt",
                "/files/sub%2f..%2f..%2fsecret.txt",
                "/files/%2fetc%2fpasswd",
                "/files//etc/passwd",
                "/files/out",
                "/files/up/secret.txt",
                "/files/./hello.txt",
                "/files//hello.txt",
                "/files/a%5cb",
                "/files/%ff",
            })
    void whatIsOutsideHiddenOrMissingIs404(String path) throws Exception {
        TestExchange answer = ask(get(path));
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.text()).contains("urn:request:" + answer.id());
    }

    @Test
    void aNameTooLongIsMissingToo() throws Exception {
        assertThat(ask(get("/files/" + "x".repeat(5000))).status()).isEqualTo(404);
    }

    @Test
    void aFolderWithoutItsSlashIsRedirectedToIt() throws Exception {
        TestExchange answer = ask(get("/files/sub?a=b"));
        assertThat(answer.status()).isEqualTo(301);
        assertThat(answer.value("location")).isEqualTo("/files/sub/?a=b");
    }

    @Test
    void headTellsTheLengthWithoutTheBody() throws Exception {
        TestExchange answer = ask(request("HEAD", "/files/hello.txt"));
        assertThat(answer.value("content-length")).isEqualTo("10");
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void otherMethodsAreNotAllowed() throws Exception {
        TestExchange answer = ask(request("POST", "/files/hello.txt"));
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.value("allow")).isEqualTo("GET, HEAD");
    }

    @Test
    void aKnownVersionIsNotSentAgain() throws Exception {
        String etag = ask(get("/files/hello.txt")).value("etag");
        assertThat(etag).matches("\"[0-9a-f-]+\"");
        for (String tags : new String[] {etag, "\"x\", W/" + etag, "*"}) {
            TestExchange known = ask(get("/files/hello.txt").with("If-None-Match", tags));
            assertThat(known.status()).isEqualTo(304);
            assertThat(known.value("etag")).isEqualTo(etag);
            assertThat(known.text()).isEmpty();
        }
        assertThat(ask(get("/files/hello.txt").with("If-None-Match", "\"x\"")).status())
                .isEqualTo(200);
        write(folder.resolve("public/hello.txt"), "changed");
        assertThat(ask(get("/files/hello.txt").with("If-None-Match", etag)).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'Sat, 07 Nov 2026 08:09:10 GMT', 304",
        "'Sat, 07 Nov 2026 08:09:09 GMT', 200",
        "yesterday,                       200",
    })
    void aDateKnowsVersionsToo(String since, int status) throws Exception {
        TestHead head = get("/files/hello.txt").with("If-Modified-Since", since);
        assertThat(ask(head).status()).isEqualTo(status);
        assertThat(ask(head.with("If-None-Match", "\"x\"")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3,      206, 0123,       bytes 0-3/10",
        "bytes=8-,       206, 89,         bytes 8-9/10",
        "bytes=8-99,     206, 89,         bytes 8-9/10",
        "bytes=-3,       206, 789,        bytes 7-9/10",
        "bytes=-99,      206, 0123456789, bytes 0-9/10",
        "bytes=10-,      416, '',         bytes */10",
        "bytes=-0,       416, '',         bytes */10",
        "'bytes=0-1,3-', 200, 0123456789, ''",
        "bytes=3-1,      200, 0123456789, ''",
        "bytes=a-b,      200, 0123456789, ''",
        "lines=0-1,      200, 0123456789, ''",
        "bytes=99999999999999999999-, 416, '', bytes */10",
    })
    void aRangeIsServedOrRefused(String range, int status, String body, String content)
            throws Exception {
        TestExchange answer = ask(get("/files/hello.txt").with("Range", range));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.text()).isEqualTo(body);
        assertThat(String.join("", answer.values("content-range"))).isEqualTo(content);
    }

    @Test
    void aRangeOfAnotherVersionGetsTheWholeFile() throws Exception {
        String etag = ask(get("/files/hello.txt")).value("etag");
        TestHead head = get("/files/hello.txt").with("Range", "bytes=0-3");
        assertThat(ask(head.with("If-Range", etag)).status()).isEqualTo(206);
        assertThat(ask(head.with("If-Range", MODIFIED)).status()).isEqualTo(206);
        assertThat(ask(head.with("If-Range", "\"x\"")).status()).isEqualTo(200);
        assertThat(ask(head.with("If-Range", "W/" + etag)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'gzip, br',          br,   brotli",
        "gzip,                gzip, gzipped",
        "'br;q=0, gzip;q=1',  gzip, gzipped",
        "'*',                 br,   brotli",
        "'*;q=0',             '',   plain js",
        "identity,            '',   plain js",
    })
    void aPrecompressedFormGoesToThoseWhoAcceptIt(String accept, String coding, String body)
            throws Exception {
        TestExchange answer = ask(get("/files/app.js").with("Accept-Encoding", accept));
        assertThat(String.join("", answer.values("content-encoding"))).isEqualTo(coding);
        assertThat(answer.value("vary")).isEqualTo("accept-encoding");
        assertThat(answer.value("content-type")).startsWith("text/javascript");
        assertThat(answer.text()).isEqualTo(body);
    }

    @Test
    void formsHaveTagsOfTheirOwn() throws Exception {
        String plain = ask(get("/files/app.js")).value("etag");
        TestHead head = get("/files/app.js").with("Accept-Encoding", "br");
        assertThat(ask(head).value("etag")).isNotEqualTo(plain);
        assertThat(ask(get("/files/hello.txt")).values("vary")).isEmpty();
    }

    @Test
    void aFallbackIs200AndANotFoundPage404() throws Exception {
        TestExchange fallback = ask(get("/files/any/path"), ", fallback = \"index.html\"");
        assertThat(fallback.status()).isEqualTo(200);
        assertThat(fallback.text()).isEqualTo("<p>index");
        TestExchange missing = ask(get("/files/none"), ", not_found = \"hello.txt\"");
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.text()).isEqualTo("0123456789");
        assertThat(missing.names()).doesNotContain("etag");
    }

    @Test
    void cacheControlIsAsDeclared() throws Exception {
        TestExchange answer = ask(get("/files/hello.txt"), ", cache_control = \"max-age=60\"");
        assertThat(answer.value("cache-control")).isEqualTo("max-age=60");
    }

    @Test
    void anExactRouteServesTheOneFileItNames() throws Exception {
        String route =
                """
                [[trigger.http]]
                route = "/robots.txt"
                files = { source = "public/hello.txt" }
                """;
        assertThat(TestApp.of(route).in(folder).ask(get("/robots.txt")).text())
                .isEqualTo("0123456789");
    }
}
