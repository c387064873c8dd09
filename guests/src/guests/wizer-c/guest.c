// Wizer style with an entry of its own for what comes after the freeze.
#include <stdio.h>
#include <stdlib.h>

static int initialised, resumed;

__attribute__((export_name("wizer.initialize"))) void initialise(void) {
    initialised++;
}

__attribute__((export_name("wizer.resume"))) void resume(void) {
    const char *path = getenv("PATH_INFO");
    printf("Content-Type: text/plain\n\n");
    printf("initialised %d\nresumed %d\npath %s\n", initialised, ++resumed, path ? path : "");
    fflush(stdout);
}

int main(void) {
    printf("Content-Type: text/plain\n\nstarted instead of resumed\n");
    return 0;
}
