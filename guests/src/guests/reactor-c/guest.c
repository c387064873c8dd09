// A reactor that works before the freeze: what the initialiser and the warm-up did is there in every request,
// what a request did is not. Its last line makes wasi-libc ask for the environment again in each request.
// flags: -mexec-model=reactor
#include <stdio.h>
#include <stdlib.h>
#include <wasi/libc-environ.h>

static unsigned table[1024];
static int initialised, handled;

__attribute__((constructor)) static void initialise(void) {
    for (unsigned i = 0; i < 1024; i++) {
        table[i] = i * i;
    }
    initialised += getenv("NO_SUCH_VARIABLE") == NULL;
    __wasilibc_deinitialize_environ();
}

static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

__attribute__((export_name("handle"))) void handle(void) {
    handled++;
    printf("Content-Type: text/plain\n\n");
    printf("initialised %d\nhandled %d\ntable %u\n", initialised, handled, table[1023]);
    printf("path %s\nid %s\n", variable("PATH_INFO"), variable("X_REQUEST_ID"));
    fflush(stdout);
    __wasilibc_deinitialize_environ();
}

// For `entrypoint = "other"`.
__attribute__((export_name("other"))) void other(void) {
    printf("Content-Type: text/plain\n\nother handled %d\n", ++handled);
    fflush(stdout);
}

// For a warm-up that must fail the load.
__attribute__((export_name("failing"))) void failing(void) {
    printf("Status: 500\n\n");
    fflush(stdout);
}
