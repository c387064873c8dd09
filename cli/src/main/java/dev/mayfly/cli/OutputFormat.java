package dev.mayfly.cli;

/** For people or for programs. */
enum OutputFormat {
    TEXT,
    JSON
}
