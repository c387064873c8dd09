package dev.mayfly.gateway;

import dev.mayfly.http.BodyReceiver;
import dev.mayfly.http.RequestBody;

/** Wakes the guest threads after the trigger took a body: it has submitted the run by then. */
record WakingReceiver(BodyReceiver receiver, Loop loop) implements BodyReceiver {
    @Override
    public void received(RequestBody body) {
        receiver.received(body);
        loop.wakeSoon();
    }

    @Override
    public void failed(BodyFailure failure) {
        receiver.failed(failure);
    }
}
