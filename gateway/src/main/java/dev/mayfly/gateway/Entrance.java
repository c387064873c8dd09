package dev.mayfly.gateway;

import dev.mayfly.http.Exchange;
import dev.mayfly.http.HttpTrigger;

/** Where the listener brings requests: the trigger, or in tests something that plays one. */
interface Entrance {
    /** Answers the request, now or later; on its event loop, never blocks. */
    void handle(Exchange exchange);

    /** Answers with a problem document. */
    void refuse(Exchange exchange, int status, String detail);

    static Entrance of(HttpTrigger trigger) {
        return new Entrance() {
            @Override
            public void handle(Exchange exchange) {
                trigger.handle(exchange);
            }

            @Override
            public void refuse(Exchange exchange, int status, String detail) {
                trigger.refuse(exchange, status, detail);
            }
        };
    }
}
