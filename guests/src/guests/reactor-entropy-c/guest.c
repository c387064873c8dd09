// Draws random bytes in its initialiser: every copy of the snapshot would share them.
// flags: -mexec-model=reactor
#include <stdio.h>
#include <unistd.h>

static unsigned seed;

__attribute__((constructor)) static void initialise(void) {
    getentropy(&seed, sizeof seed);
}

__attribute__((export_name("handle"))) void handle(void) {
    printf("Content-Type: text/plain\n\nseed %u\n", seed);
    fflush(stdout);
}
