// Declares sub-routes that cannot be served: a path without its slash, and an export that is not there.
#include <stdio.h>

__attribute__((export_name("_routes"))) void routes(void) {
    printf("one _start\n");
    printf("/two no_such_export\n");
    fflush(stdout);
}

int main(void) {
    printf("Content-Type: text/plain\n\nmain\n");
    return 0;
}
