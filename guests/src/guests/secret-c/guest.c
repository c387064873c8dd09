// Leaves a secret wherever a run can leave one; looks through all of its memory for it in another run.
//
// ?keep   the body is the secret: copies of it go to statics, heap, stack and grown memory
// ?find   the body is the secret with each byte XOR 0x5a, so that looking for it does not put it there
// ?prove  keep, then find: shows that the search does find
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MASK = 0x5a, MOST = 1024 };

static uint8_t kept[MOST], body[MOST];
static size_t length;

static void read_body(void) {
    ssize_t n;
    while (length < sizeof body && (n = read(0, body + length, sizeof body - length)) > 0) {
        length += (size_t)n;
    }
}

// Volatile, so that no copy is optimised away.
static void copy_to(volatile uint8_t *to) {
    for (size_t i = 0; i < length; i++) {
        to[i] = body[i];
    }
}

static __attribute__((noinline)) void keep_on_stack(void) {
    volatile uint8_t local[MOST];
    copy_to(local);
}

static void keep(void) {
    copy_to(kept);
    copy_to(malloc(length + 1));
    size_t grown = __builtin_wasm_memory_grow(0, 2);
    if (grown != SIZE_MAX) {
        // Across a page's border, and at the very end.
        copy_to((uint8_t *)(grown * 65536 + 65536 - length / 2));
        copy_to((uint8_t *)((grown + 2) * 65536 - length));
    }
    keep_on_stack();
}

static int find(void) {
    volatile uint8_t *end = (volatile uint8_t *)(__builtin_wasm_memory_size(0) * 65536);
    int found = 0;
    for (volatile uint8_t *at = (volatile uint8_t *)1; at + length <= end; at++) {
        size_t same = 0;
        while (same < length && at[same] == (body[same] ^ MASK)) {
            same++;
        }
        found += same == length;
    }
    return found;
}

int main(void) {
    const char *command = getenv("QUERY_STRING");
    read_body();
    int found = -1;
    if (strcmp(command, "find") != 0) {
        keep();
    }
    if (strcmp(command, "prove") == 0) {
        for (size_t i = 0; i < length; i++) {
            body[i] ^= MASK;
        }
    }
    if (strcmp(command, "keep") != 0) {
        found = find();
    }
    printf("Content-Type: text/plain\n\nbytes %zu\nfound %d\n", length, found);
    return 0;
}
