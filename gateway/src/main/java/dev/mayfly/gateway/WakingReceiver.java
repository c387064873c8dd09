package dev.mayfly.gateway;

import dev.mayfly.http.BodyReceiver;
import dev.mayfly.http.RequestBody;

/**
 * Stands between an exchange and the trigger that waits for its body.
 *
 * @param receiver the trigger's
 * @param loop wakes the guest threads after the trigger took the body: it has submitted the run by
 *     then
 * @param gone ends the exchange when the client has gone: the trigger answers nothing then
 */
record WakingReceiver(BodyReceiver receiver, Loop loop, Runnable gone) implements BodyReceiver {
    @Override
    public void received(RequestBody body) {
        receiver.received(body);
        loop.wakeSoon();
    }

    @Override
    public void failed(BodyFailure failure) {
        receiver.failed(failure);
        if (failure == BodyFailure.GONE) {
            gone.run();
        }
    }
}
