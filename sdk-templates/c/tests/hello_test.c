// Tests of src/hello.c on this machine, without WebAssembly: `./check` compiles and runs them.
#define _POSIX_C_SOURCE 200809L
#include "../src/hello.h"

static int passed, failed;

/** Answers a request whose head is in the environment. */
static void expect(const char *method, const char *path, const char *body, size_t length, const char *answer) {
    static char empty[1];
    char *output = NULL;
    size_t size = 0;
    FILE *in = fmemopen(length ? (void *)body : empty, length ? length : 1, "r");
    FILE *out = open_memstream(&output, &size);
    if (!in || !out) {
        perror("hello_test");
        exit(2);
    }
    if (length == 0) {
        fgetc(in); // fmemopen does not know of empty files everywhere
    }
    struct mayfly_request request = {.method = method, .path = path, .query = "a=1", .id = "id-1", .body = in};
    int code = hello(&request, out);
    fclose(in);
    fclose(out);
    if (code == 0 && strcmp(output, answer) == 0) {
        passed++;
    } else {
        failed++;
        fprintf(stderr, "%s %s: exit code %d\n--- expected\n%s--- was\n%s", method, path, code, answer, output);
    }
    free(output);
}

#define BODY(text) text, sizeof text - 1

static void expect_echo(const char *bytes, size_t length, const char *answer) {
    expect("POST", "/echo", bytes, length, answer);
}

int main(void) {
    setenv("GREETING", "hello", 1);
    setenv("HTTP_USER_AGENT", "test/1", 1);
    setenv("HTTP_COOKIE", "a=1; b=2", 1);

    expect("GET", "/", BODY(""),
           "Status: 200 OK\nContent-Type: text/plain; charset=utf-8\n\n"
           "hello from C\nmethod: GET\npath: /\nX-Request-Id: id-1\n");
    expect("GET", "/agent", BODY(""),
           "Status: 200 OK\nContent-Type: text/plain; charset=utf-8\n\nUser-Agent: test/1\nquery: a=1\n");
    expect("GET", "/cookies", BODY(""),
           "Set-Cookie: flavour=oat; Path=/\nSet-Cookie: size=small; Path=/; HttpOnly\n"
           "Status: 200 OK\nContent-Type: text/plain; charset=utf-8\n\nyou sent: a=1; b=2\n");

    const char no_utf8[] = "Status: 400 Bad Request\nContent-Type: text/plain; charset=utf-8\n\nthe body is no UTF-8\n";
    expect_echo(BODY("a \"quoted\"\\\n\xc3\xa9"), "Status: 200 OK\nContent-Type: application/json\n\n"
                                                  "{\"bytes\":14,\"body\":\"a \\\"quoted\\\"\\\\\\u000a\xc3\xa9\"}\n");
    expect_echo(BODY("\xf0\x9f\x98\x80"), "Status: 200 OK\nContent-Type: application/json\n\n"
                                          "{\"bytes\":4,\"body\":\"\xf0\x9f\x98\x80\"}\n");
    expect_echo(BODY("\xff"), no_utf8);
    expect_echo(BODY("cut \xc3"), no_utf8);
    expect_echo(BODY("overlong \xc0\xaf"), no_utf8);
    expect_echo(BODY("surrogate \xed\xa0\x80"), no_utf8);
    expect_echo(BODY("too high \xf4\x90\x80\x80"), no_utf8);

    static char large[64 * 1024 + 1];
    memset(large, 'x', sizeof large);
    expect_echo(large, sizeof large,
                "Status: 413 Content Too Large\nContent-Type: text/plain; charset=utf-8\n\n"
                "the body is larger than 65536 bytes\n");

    printf("%d passed, %d failed\n", passed, failed);
    return failed > 0;
}
