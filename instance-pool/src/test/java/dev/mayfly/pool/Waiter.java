package dev.mayfly.pool;

import java.util.concurrent.CountDownLatch;

/** An errand whose guest waits for its input until the test lets it go on, or its run is ended. */
final class Waiter extends Errand {
    private final CountDownLatch input = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);

    Waiter() {
        super(bytes(1));
    }

    @Override
    public int read(byte[] into, int offset, int length) throws InterruptedException {
        begun.countDown();
        input.await();
        return super.read(into, offset, length);
    }

    boolean hasBegun() {
        return begun.getCount() == 0;
    }

    void letGo() {
        input.countDown();
    }
}
