// A function is a program: the request is in the environment and on stdin, the answer goes to
// stdout, log lines go to stderr. Each request runs a fresh copy, so statics are free to use.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** A request variable, "" if it is not set. All of them: docs/contract.md. */
static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

/** The head of an answer: its lines, then an empty one. */
static void head(const char *status, const char *type) {
    printf("Status: %s\nContent-Type: %s\n\n", status, type);
}

static void welcome(void) {
    head("200 OK", "text/plain; charset=utf-8");
    printf("%s from C\n", variable("GREETING"));
    printf("method: %s\n", variable("REQUEST_METHOD"));
    printf("path: %s\n", variable("PATH_INFO"));
    printf("X-Request-Id: %s\n", variable("X_REQUEST_ID"));
}

/** A header and the query, as they arrived. */
static void agent(void) {
    head("200 OK", "text/plain; charset=utf-8");
    printf("User-Agent: %s\n", variable("HTTP_USER_AGENT"));
    printf("query: %s\n", variable("QUERY_STRING"));
}

/** The body as a JSON string. */
static void echo(void) {
    static char body[64 * 1024];
    size_t length = fread(body, 1, sizeof body, stdin);
    if (fgetc(stdin) != EOF) {
        head("413 Content Too Large", "text/plain");
        printf("the body is larger than %zu bytes\n", sizeof body);
        return;
    }
    head("200 OK", "application/json");
    printf("{\"bytes\":%zu,\"body\":\"", length);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)body[i];
        if (c < 0x20) {
            printf("\\u%04x", c);
        } else {
            printf(c == '"' || c == '\\' ? "\\%c" : "%c", c);
        }
    }
    printf("\"}\n");
}

static void cookies(void) {
    printf("Set-Cookie: flavour=oat; Path=/\n");
    printf("Set-Cookie: size=small; Path=/; HttpOnly\n");
    head("200 OK", "text/plain");
    printf("you sent: %s\n", variable("HTTP_COOKIE"));
}

int main(void) {
    const char *path = variable("PATH_INFO");
    if (strcmp(path, "/") == 0) {
        welcome();
    } else if (strcmp(path, "/agent") == 0) {
        agent();
    } else if (strcmp(path, "/echo") == 0) {
        echo();
    } else if (strcmp(path, "/cookies") == 0) {
        cookies();
    } else if (strcmp(path, "/teapot") == 0) {
        head("418 I'm a teapot", "text/plain");
        printf("short and stout\n");
    } else if (strcmp(path, "/fail") == 0) {
        fprintf(stderr, "giving up before there is an answer\n"); // the caller sees a 502
        return 1;
    } else {
        fprintf(stderr, "no page %s\n", path);
        head("404 Not Found", "text/plain");
        printf("no page %s\n", path);
    }
    return 0;
}
