package dev.mayfly.registry;

import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** A token. Its hash belongs to whoever read the row. */
@MappedEntity("tokens")
@SuppressWarnings("ArrayRecordComponent") // compared in constant time, elsewhere
record TokenRow(
        @Id String id,
        String name,
        byte[] hash,
        String scopes,
        Instant createdAt,
        String createdBy,
        Instant expiresAt) {
    Token token() {
        return new Token(
                id,
                name,
                List.of(scopes.split(" ", -1)).stream()
                        .map(Scope::parse)
                        .collect(Collectors.toSet()),
                createdAt,
                createdBy,
                expiresAt);
    }
}
