// Reads the environment in its initialiser and never again: a load must refuse it.
// flags: -mexec-model=reactor
#include <stdio.h>
#include <stdlib.h>

static const char *method;

__attribute__((constructor)) static void initialise(void) {
    method = getenv("REQUEST_METHOD");
}

__attribute__((export_name("handle"))) void handle(void) {
    const char *path = getenv("PATH_INFO");
    printf("Content-Type: text/plain\n\nmethod %s\npath %s\n", method ? method : "", path ? path : "");
    fflush(stdout);
}
