package dev.mayfly.http;

import dev.mayfly.http.ResponseHead.Field;
import dev.mayfly.manifest.HttpRoute.Target.StaticResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A fixed answer, rendered once when its table is bound. */
final class StaticAnswer implements Answer {
    private final ResponseHead head;
    private final ResponseHead headOfHead;
    private final byte[] body;
    private final Answers answers;
    private final boolean compresses;
    // Made when the first asks for it; a second one that was made meanwhile is equal.
    private volatile @Nullable Whole compressed;

    // Made here and never written.
    @SuppressWarnings("ArrayRecordComponent")
    private record Whole(ResponseHead head, byte[] body) {}

    StaticAnswer(StaticResponse response, Wiring wiring) {
        answers = wiring.answers();
        byte[] text = response.body().getBytes(StandardCharsets.UTF_8);
        head = new ResponseHead(response.status(), fields(response, answers));
        headOfHead = answers.withLength(head, text.length);
        body = Answers.carriesBody(response.status()) ? text : new byte[0];
        compresses = wiring.compressesStatic() && body.length >= Gzip.LEAST && Gzip.suits(head);
    }

    private static List<Field> fields(StaticResponse response, Answers answers) {
        List<Field> fields = new ArrayList<>();
        boolean typed = response.body().isEmpty();
        for (var header : response.headers().entrySet()) {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            typed |= name.equals("content-type");
            if (!CgiFields.belongToGateway(name)) {
                fields.add(answers.field(name, Escapes.asBytes(header.getValue())));
            }
        }
        if (!typed) {
            fields.add(answers.field("content-type", "text/plain; charset=utf-8"));
        }
        return fields;
    }

    @Override
    public void answer(Dispatch dispatch, RequestView request) {
        Exchange exchange = dispatch.exchange();
        if (dispatch.headOnly()) {
            exchange.respond(headOfHead, body, 0, 0);
        } else if (compresses && exchange.head().headers().first("accept-encoding") != null) {
            Whole whole = chosen(AcceptedCodings.of(exchange.head().headers()));
            exchange.respond(whole.head(), whole.body(), 0, whole.body().length);
        } else {
            exchange.respond(head, body, 0, body.length);
        }
    }

    private Whole chosen(AcceptedCodings accepted) {
        if (!accepted.prefer(Gzip.CODING)) {
            return new Whole(Gzip.plain(head, answers), body);
        }
        @Nullable Whole known = compressed;
        if (known == null) {
            known = new Whole(Gzip.compressed(head, answers), Gzip.compress(body, 0, body.length));
            compressed = known;
        }
        return known;
    }
}
