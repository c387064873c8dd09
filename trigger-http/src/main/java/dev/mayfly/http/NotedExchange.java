package dev.mayfly.http;

import dev.mayfly.http.ResponseHead.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * An exchange whose answer, whatever it will be, carries a few more fields, maybe in the place of
 * others.
 */
final class NotedExchange extends PassedExchange {
    private final List<Field> notes;
    private final Predicate<CharSequence> replaced;

    NotedExchange(Exchange exchange, List<Field> notes) {
        this(exchange, notes, _ -> false);
    }

    /** {@code replaced}: names of fields that whoever answers cannot set. */
    NotedExchange(Exchange exchange, List<Field> notes, Predicate<CharSequence> replaced) {
        super(exchange);
        this.notes = notes;
        this.replaced = replaced;
    }

    private ResponseHead noted(ResponseHead head) {
        List<Field> given = head.fields();
        List<Field> fields = new ArrayList<>(given.size() + notes.size());
        for (int i = 0; i < given.size(); i++) {
            if (!replaced.test(given.get(i).name())) {
                fields.add(given.get(i));
            }
        }
        fields.addAll(notes);
        return new ResponseHead(head.status(), fields);
    }

    @Override
    public void respond(ResponseHead head, byte[] body, int offset, int length) {
        super.respond(noted(head), body, offset, length);
    }

    @Override
    public void respondFile(ResponseHead head, Path file, long offset, long length) {
        super.respondFile(noted(head), file, offset, length);
    }

    @Override
    public void start(ResponseHead head) {
        super.start(noted(head));
    }
}
