// mayfly.h: a request and its answer, in plain C. One header, no library, nothing else to link.
//
// A function is a program: the request's head is in the environment, its body on stdin, the answer goes to stdout, log
// lines to stderr (CGI, RFC 3875). All of this can be done with getenv and printf alone; this file gives it names.
#ifndef MAYFLY_H
#define MAYFLY_H

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/** What is asked. A text is "" where there is none, never NULL, and lives as long as the process. */
struct mayfly_request {
    const char *method;
    const char *path;  // below the route's fixed part, decoded
    const char *query; // as sent, without the '?'
    const char *id;    // the same in every log line and in the answer's X-Request-Id
    FILE *body;
};

/** A variable of the environment: the request's, or one of `environment` in app.toml. */
static inline const char *mayfly_variable(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static inline struct mayfly_request mayfly_request(void) {
    return (struct mayfly_request){
        .method = mayfly_variable("REQUEST_METHOD"),
        .path = mayfly_variable("PATH_INFO"),
        .query = mayfly_variable("QUERY_STRING"),
        .id = mayfly_variable("X_REQUEST_ID"),
        .body = stdin,
    };
}

/** A field of the request's head by its name, such as "User-Agent"; repeated ones are joined by commas. */
static inline const char *mayfly_header(const char *name) {
    char variable[128] = "HTTP_";
    size_t length = strlen(name);
    if (length >= sizeof variable - 5) {
        return "";
    }
    for (size_t i = 0; i <= length; i++) { // with the NUL
        variable[5 + i] = name[i] == '-' ? '_' : (char)toupper((unsigned char)name[i]);
    }
    // These two have names of their own in CGI.
    bool bare = strcmp(variable, "HTTP_CONTENT_TYPE") == 0 || strcmp(variable, "HTTP_CONTENT_LENGTH") == 0;
    return mayfly_variable(bare ? variable + 5 : variable);
}

/** Reads the body into `bytes`, at most `size`; what is returned is larger than `size` if there is more. */
static inline size_t mayfly_body(FILE *body, char *bytes, size_t size) {
    size_t length = fread(bytes, 1, size, body);
    return length == size && fgetc(body) != EOF ? size + 1 : length;
}

/** Writes one line of the answer's head. `value` must not hold a line end: whoever takes it from outside looks first. */
static inline void mayfly_field(FILE *out, const char *name, const char *value) {
    fprintf(out, "%s: %s\n", name, value);
}

/** Writes the rest of the head, after which the body begins. `status` is such as "200 OK". */
static inline void mayfly_head(FILE *out, const char *status, const char *content_type) {
    mayfly_field(out, "Status", status);
    mayfly_field(out, "Content-Type", content_type);
    fputc('\n', out);
}

/** Writes a JSON string, with its quotes. The text must be UTF-8. */
static inline void mayfly_json(FILE *out, const char *text, size_t length) {
    fputc('"', out);
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c < 0x20) {
            fprintf(out, "\\u%04x", c);
        } else {
            if (c == '"' || c == '\\') {
                fputc('\\', out);
            }
            fputc(c, out);
        }
    }
    fputc('"', out);
}

/** Whether it is UTF-8 as RFC 3629 has it: nothing overlong, no surrogates, nothing above U+10FFFF. */
static inline bool mayfly_is_utf8(const char *text, size_t length) {
    const unsigned char *c = (const unsigned char *)text, *end = c + length;
    while (c < end) {
        unsigned char first = *c++;
        if (first < 0x80) {
            continue;
        }
        if (first < 0xc2 || first > 0xf4) {
            return false;
        }
        int more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
        unsigned char least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        unsigned char most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        for (; more > 0; more--, c++) {
            if (c == end || *c < least || *c > most) {
                return false;
            }
            least = 0x80;
            most = 0xbf;
        }
    }
    return true;
}

#endif
