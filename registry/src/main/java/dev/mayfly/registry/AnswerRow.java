package dev.mayfly.registry;

import io.micronaut.data.annotation.MappedEntity;

/** What an idempotency key was answered with. */
@MappedEntity("answers")
record AnswerRow(String who, String key, String request, String app, int revision) {}
