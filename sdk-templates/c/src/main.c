#include "hello.h"

int main(void) {
    struct mayfly_request request = mayfly_request();
    return hello(&request, stdout);
}
