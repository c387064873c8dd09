// Work that is counted, not timed, and an answer that proves what was sent: `tally` and 16 hex digits, a hash of the
// query and of the body, turned `rounds=<n>` times more. `end=trap` and `end=loop` end it there.
// flags: -Wl,-z,stack-size=65536
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static uint64_t hash = 0xcbf29ce484222325U;

// FNV-1a.
static void add(const char *bytes, size_t length) {
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3U;
    }
}

static void add_stdin(void) {
    static char piece[65536];
    ssize_t n;
    while ((n = read(0, piece, sizeof piece)) > 0) {
        add(piece, (size_t)n);
    }
}

// xorshift64*: each round needs the one before, so no compiler can leave any out.
static void turn(uint64_t rounds) {
    uint64_t x = hash | 1;
    for (uint64_t i = 0; i < rounds; i++) {
        x ^= x >> 12;
        x ^= x << 25;
        x ^= x >> 27;
        x *= 0x2545f4914f6cdd1dU;
    }
    hash = x;
}

static const char *value(const char *query, const char *name) {
    const char *found = strstr(query, name);
    return found ? found + strlen(name) : "";
}

static volatile unsigned sink;

static void end(const char *how) {
    if (strncmp(how, "trap", 4) == 0) {
        __builtin_trap();
    }
    while (strncmp(how, "loop", 4) == 0) {
        sink++;
    }
}

int main(void) {
    const char *query = getenv("QUERY_STRING");
    query = query ? query : "";
    add(query, strlen(query));
    add_stdin();
    turn(strtoull(value(query, "rounds="), NULL, 10));
    end(value(query, "end="));
    printf("Content-Type: text/plain\n\ntally %016llx\n", (unsigned long long)hash);
    return 0;
}
