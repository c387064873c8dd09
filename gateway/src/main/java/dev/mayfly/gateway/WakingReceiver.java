package dev.mayfly.gateway;

import dev.mayfly.http.BodyReceiver;
import dev.mayfly.http.RequestBody;

/**
 * Stands between an exchange and the trigger that waits for its body.
 *
 * @param receiver the trigger's
 * @param loop wakes the guest threads after the trigger took the body: it has submitted the run by
 *     then
 * @param traffic counts bodies that did not come
 * @param gone ends the exchange when the client has gone: the trigger answers nothing then
 */
record WakingReceiver(BodyReceiver receiver, Loop loop, Traffic traffic, Runnable gone)
        implements BodyReceiver {
    @Override
    public void received(RequestBody body) {
        receiver.received(body);
        loop.wakeSoon();
    }

    @Override
    public void failed(BodyFailure failure) {
        receiver.failed(failure);
        switch (failure) {
            case TOO_LARGE -> traffic.rejected(Rejection.BODY_TOO_LARGE);
            case TIMEOUT -> traffic.rejected(Rejection.BODY_TIMEOUT);
            case MALFORMED -> traffic.rejected(Rejection.MALFORMED);
            case NO_ROOM -> traffic.rejected(Rejection.SPOOL_FULL);
            case GONE -> gone.run();
        }
    }
}
