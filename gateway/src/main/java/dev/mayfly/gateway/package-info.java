/** Listeners, deploys, logs, drain: the server around the trigger and the pool. */
@NullMarked
package dev.mayfly.gateway;

import org.jspecify.annotations.NullMarked;
