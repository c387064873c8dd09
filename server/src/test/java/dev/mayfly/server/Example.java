package dev.mayfly.server;

import dev.mayfly.server.ApiServer.Sent;
import java.util.function.UnaryOperator;

/**
 * A request to an endpoint, and the status of its answer.
 *
 * @param operation the method and the path, as the document has them
 * @param status what is answered
 * @param target the path, with something for each name
 * @param write what else is sent
 */
record Example(String operation, int status, String target, UnaryOperator<Sent> write) {
    Sent sent() {
        return write.apply(Sent.of(operation.split(" ", 2)[0], target));
    }

    @Override
    public String toString() {
        return operation + " " + status + " " + target;
    }
}
