package dev.mayfly.gateway;

import dev.mayfly.gateway.AdminAnswer.Content;
import dev.mayfly.http.BodyReceiver;
import dev.mayfly.http.Exchange;
import dev.mayfly.http.RequestBody;
import dev.mayfly.http.ResponseHead;
import dev.mayfly.http.ResponseHead.Field;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings requests of the admin listener to its handler, each on a virtual thread. */
final class AdminEntrance implements Entrance {
    private static final Logger LOG = LoggerFactory.getLogger(AdminEntrance.class);

    /** Largest body of a request. */
    private static final int MOST_BODY = 8 << 20;

    /** Requests that are being answered at once; those that wait for log lines count as well. */
    private static final int MOST_AT_ONCE = 256;

    private static final int CHUNK = 64 << 10;

    private final AdminHandler handler;
    private final AdminDoor door;
    private final Executor threads;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);

    AdminEntrance(AdminHandler handler, AdminDoor door, Executor threads) {
        this.handler = handler;
        this.door = door;
        this.threads = threads;
    }

    @Override
    public void handle(Exchange exchange) {
        Map<String, List<String>> fields = AdminDoor.fields(exchange.head().headers());
        String id = RequestIds.fresh();
        exchange.identify(id);
        door.flaw(exchange.head(), fields)
                .ifPresentOrElse(
                        flaw -> problem(exchange, id, flaw.status(), flaw.detail()),
                        () -> exchange.receiveBody(MOST_BODY, new Caller(exchange, id, fields)));
    }

    @Override
    public void refuse(Exchange exchange, int status, String detail) {
        String id = RequestIds.fresh();
        exchange.identify(id);
        problem(exchange, id, status, detail);
    }

    private static void problem(Exchange exchange, String id, int status, String detail) {
        byte[] document = Problems.document(status, detail, id);
        exchange.respond(Problems.head(status), document, 0, document.length);
    }

    /** One request, until its answer is out. */
    private final class Caller implements BodyReceiver {
        private final Exchange exchange;
        private final String id;
        private final Map<String, List<String>> fields;

        Caller(Exchange exchange, String id, Map<String, List<String>> fields) {
            this.exchange = exchange;
            this.id = id;
            this.fields = fields;
        }

        @Override
        public void received(RequestBody body) {
            if (places.tryAcquire()) {
                threads.execute(() -> answer(body));
            } else {
                body.close();
                problem(
                        exchange,
                        id,
                        503,
                        "as many requests are being answered here as may be at once");
            }
        }

        @Override
        public void failed(BodyFailure failure) {
            switch (failure) {
                case TOO_LARGE -> problem(exchange, id, 413, "the body is longer than 8 MiB");
                case TIMEOUT -> problem(exchange, id, 408, "the body did not arrive in time");
                case MALFORMED -> problem(exchange, id, 400, "the body is malformed");
                case NO_ROOM -> problem(exchange, id, 503, "there is no room for the body");
                case GONE -> LOG.trace("request {}: the client has gone", id);
            }
        }

        private void answer(RequestBody body) {
            try (body) {
                send(handler.answer(request(body)));
            } catch (RuntimeException e) {
                LOG.error("request {} to the admin API failed", id, e);
                problem(exchange, id, 500, "the answer could not be made");
            } finally {
                places.release();
            }
        }

        private AdminRequest request(RequestBody body) {
            String target = exchange.head().target();
            int query = target.indexOf('?');
            return new AdminRequest(
                    id,
                    exchange.head().method(),
                    query < 0
                            ? new AdminRequest.Target(target, "")
                            : new AdminRequest.Target(
                                    target.substring(0, query), target.substring(query + 1)),
                    fields,
                    new AdminRequest.Body(body.length(), new BodyInput(body)));
        }

        private void send(AdminAnswer answer) {
            switch (answer.content()) {
                case Content.Whole(byte[] bytes) ->
                        exchange.respond(head(answer), bytes, 0, asksForHead() ? 0 : bytes.length);
                case Content.Streamed(long length, InputStream bytes) ->
                        stream(answer, length, bytes);
            }
        }

        private boolean asksForHead() {
            return exchange.head().method().equals("HEAD");
        }

        private void stream(AdminAnswer answer, long length, InputStream bytes) {
            List<Field> all = new ArrayList<>(head(answer).fields());
            all.add(Problems.field("content-length", Long.toString(length)));
            exchange.start(new ResponseHead(answer.status(), all));
            try (bytes) {
                byte[] chunk = bytes.readNBytes(CHUNK);
                while (chunk.length > 0) {
                    exchange.write(chunk);
                    exchange.awaitRoom();
                    chunk = bytes.readNBytes(CHUNK);
                }
                exchange.end();
            } catch (IOException | RuntimeException e) {
                LOG.error("request {}: the answer broke off", id, e);
                exchange.abort(500);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                exchange.abort(500);
            }
        }

        private static ResponseHead head(AdminAnswer answer) {
            return new ResponseHead(
                    answer.status(),
                    answer.fields().entrySet().stream()
                            .map(field -> Problems.field(field.getKey(), field.getValue()))
                            .toList());
        }
    }
}
