package hello

import mayfly.serve

/** A function is a program: one request, one run, on a fresh copy. */
fun main() = serve(::answer)
