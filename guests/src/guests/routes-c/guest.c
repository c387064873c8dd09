// Declares sub-routes of its own, each with its own entry.
#include <stdio.h>
#include <stdlib.h>

static void answer(const char *entry) {
    const char *path = getenv("PATH_INFO");
    const char *route = getenv("X_MATCHED_ROUTE");
    const char *id = getenv("X_PATH_MATCH_ID");
    printf("Content-Type: text/plain\n\nentry %s\n", entry);
    printf("path %s\nroute %s\nid %s\n", path ? path : "", route ? route : "", id ? id : "");
    fflush(stdout);
}

__attribute__((export_name("_routes"))) void routes(void) {
    printf("/one one\n");
    printf("/two/... two\n");
    printf("/items/:id item\n");
    fflush(stdout);
}

__attribute__((export_name("one"))) void one(void) {
    answer("one");
}

__attribute__((export_name("two"))) void two(void) {
    answer("two");
}

__attribute__((export_name("item"))) void item(void) {
    answer("item");
}

int main(void) {
    answer("_start");
    return 0;
}
