/** Apps, revisions, artifacts, variables, tokens and the audit log, in PostgreSQL. */
@NullMarked
package dev.mayfly.registry;

import org.jspecify.annotations.NullMarked;
