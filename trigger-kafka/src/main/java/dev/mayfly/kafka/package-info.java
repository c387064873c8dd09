/** Runs functions on records of Kafka topics: nothing lost, order kept by key. */
@NullMarked
package dev.mayfly.kafka;

import org.jspecify.annotations.NullMarked;
