#ifndef HELLO_H
#define HELLO_H

#include "mayfly.h"

/** Answers a request on `out`. What it returns is the exit code: without an answer, anything but 0 is a 502. */
int hello(const struct mayfly_request *request, FILE *out);

#endif
