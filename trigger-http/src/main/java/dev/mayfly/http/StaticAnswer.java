package dev.mayfly.http;

import dev.mayfly.http.ResponseHead.Field;
import dev.mayfly.manifest.HttpRoute.Target.StaticResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A fixed answer, rendered once when its table is bound. */
final class StaticAnswer implements Answer {
    private final ResponseHead head;
    private final ResponseHead headOfHead;
    private final byte[] body;

    StaticAnswer(StaticResponse response, Answers answers) {
        byte[] text = response.body().getBytes(StandardCharsets.UTF_8);
        head = new ResponseHead(response.status(), fields(response, answers));
        headOfHead = answers.withLength(head, text.length);
        body = Answers.carriesBody(response.status()) ? text : new byte[0];
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
        } else {
            exchange.respond(head, body, 0, body.length);
        }
    }
}
