// Wizer style, newer name, without wizer.resume: each request runs _start.
#include <stdio.h>
#include <stdlib.h>

static int initialised, started;

__attribute__((export_name("wizer-initialize"))) void initialise(void) {
    initialised++;
}

int main(void) {
    const char *path = getenv("PATH_INFO");
    printf("Content-Type: text/plain\n\n");
    printf("initialised %d\nstarted %d\npath %s\n", initialised, ++started, path ? path : "");
    return 0;
}
