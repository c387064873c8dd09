package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.function.Function;

/** One command's conversation with a server: questions, and answers as they were asked for. */
final class Session {
    private final AdminClient client;
    private final Surroundings surroundings;
    private final OutputFormat output;

    Session(AdminClient client, Surroundings surroundings, OutputFormat output) {
        this.client = client;
        this.surroundings = surroundings;
        this.output = output;
    }

    AdminClient client() {
        return client;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    boolean isJson() {
        return output == OutputFormat.JSON;
    }

    /**
     * {@return what is there}
     *
     * @throws RefusedException when the server refuses
     */
    JsonNode get(String path) throws IOException {
        return send(Call.get(path)).body();
    }

    /** {@return what came of a change} */
    JsonNode change(String method, String path, Object body) throws IOException {
        return send(Call.of(method, path, Call.Body.json(body))).body();
    }

    /** {@return the answer; a refusal ends the command} */
    Reply.Done send(Call call) throws IOException {
        return send(call, RefusedException.REQUEST);
    }

    /**
     * As {@link #send(Call)}.
     *
     * @param about the manifest that problems are problems of
     */
    Reply.Done send(Call call, String about) throws IOException {
        return switch (client.send(call)) {
            case Reply.Done done -> done;
            case Reply.Refused(ApiProblem problem) -> throw new RefusedException(problem, about);
        };
    }

    /** Prints an answer: as it came for programs, else as {@code text} says. */
    Exit tell(JsonNode answer, Function<JsonNode, String> text) {
        surroundings
                .out()
                .print(isJson() ? Json.text(Wire.plain(answer)) + "\n" : text.apply(answer));
        surroundings.out().flush();
        return Exit.OK;
    }

    /** Progress and remarks, which are no result. */
    void remark(String line) {
        surroundings.err().println(line);
    }
}
