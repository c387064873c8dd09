/** The app.toml language: records, parser, every problem at once, JSON Schema, importers. */
@NullMarked
package dev.mayfly.manifest;

import org.jspecify.annotations.NullMarked;
