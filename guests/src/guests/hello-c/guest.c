// The guest of the load tests: one printf, a few variables.
// flags: -Wl,-z,stack-size=1048576
#include <stdio.h>
#include <stdlib.h>

static const char *variable(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

int main(void) {
    printf("Content-Type: text/plain\n\nhello %s %s%s from %s\n", variable("REQUEST_METHOD"),
           variable("SCRIPT_NAME"), variable("PATH_INFO"), variable("REMOTE_ADDR"));
    return 0;
}
