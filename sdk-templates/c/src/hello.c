// What this function answers. Each request runs in a fresh copy, so statics are free to use.
#include "hello.h"

enum { BODY_MOST = 64 * 1024 };

static const char TEXT[] = "text/plain; charset=utf-8";

/** A variable from app.toml, and what is known of the request. */
static int welcome(const struct mayfly_request *request, FILE *out) {
    mayfly_head(out, "200 OK", TEXT);
    fprintf(out, "%s from C\n", mayfly_variable("GREETING"));
    fprintf(out, "method: %s\n", request->method);
    fprintf(out, "path: %s\n", request->path);
    fprintf(out, "X-Request-Id: %s\n", request->id);
    return 0;
}

/** A header and the query, as they arrived. */
static int agent(const struct mayfly_request *request, FILE *out) {
    mayfly_head(out, "200 OK", TEXT);
    fprintf(out, "User-Agent: %s\n", mayfly_header("User-Agent"));
    fprintf(out, "query: %s\n", request->query);
    return 0;
}

/** The body as a JSON string; one that is no UTF-8 is the caller's mistake. */
static int echo(const struct mayfly_request *request, FILE *out) {
    static char body[BODY_MOST];
    size_t length = mayfly_body(request->body, body, sizeof body);
    if (length > sizeof body) {
        mayfly_head(out, "413 Content Too Large", TEXT);
        fprintf(out, "the body is larger than %zu bytes\n", sizeof body);
        return 0;
    }
    if (!mayfly_is_utf8(body, length)) {
        mayfly_head(out, "400 Bad Request", TEXT);
        fprintf(out, "the body is no UTF-8\n");
        return 0;
    }
    mayfly_head(out, "200 OK", "application/json");
    fprintf(out, "{\"bytes\":%zu,\"body\":", length);
    mayfly_json(out, body, length);
    fprintf(out, "}\n");
    return 0;
}

static int cookies(const struct mayfly_request *request, FILE *out) {
    (void)request;
    mayfly_field(out, "Set-Cookie", "flavour=oat; Path=/");
    mayfly_field(out, "Set-Cookie", "size=small; Path=/; HttpOnly");
    mayfly_head(out, "200 OK", TEXT);
    fprintf(out, "you sent: %s\n", mayfly_header("Cookie"));
    return 0;
}

static int teapot(const struct mayfly_request *request, FILE *out) {
    (void)request;
    mayfly_head(out, "418 I'm a teapot", TEXT);
    fprintf(out, "short and stout\n");
    return 0;
}

/** An error before there is an answer: the caller sees a 502, the log says why. */
static int fail(const struct mayfly_request *request, FILE *out) {
    (void)request;
    (void)out;
    fprintf(stderr, "giving up before there is an answer\n");
    return 1;
}

static int not_found(const struct mayfly_request *request, FILE *out) {
    fprintf(stderr, "no page %s\n", request->path);
    mayfly_head(out, "404 Not Found", TEXT);
    fprintf(out, "no page %s\n", request->path);
    return 0;
}

static const struct {
    const char *path;
    int (*answer)(const struct mayfly_request *, FILE *);
} PAGES[] = {
    {"/", welcome}, {"/agent", agent}, {"/echo", echo}, {"/cookies", cookies}, {"/teapot", teapot}, {"/fail", fail},
};

int hello(const struct mayfly_request *request, FILE *out) {
    for (size_t i = 0; i < sizeof PAGES / sizeof PAGES[0]; i++) {
        if (strcmp(request->path, PAGES[i].path) == 0) {
            return PAGES[i].answer(request, out);
        }
    }
    return not_found(request, out);
}
