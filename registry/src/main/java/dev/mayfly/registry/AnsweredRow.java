package dev.mayfly.registry;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;

/** Answers of one kind, summed over the gateways. */
@MappedEntity("answered")
record AnsweredRow(@Id String app, int revision, int status, long count) {
    AnswerCount counted() {
        return new AnswerCount(app, revision, status, count);
    }
}
