package dev.mayfly.cli;

import java.io.InterruptedIOException;

/** Work for the case that this process ends before it is called off: by Ctrl-C or a signal. */
final class AtExit {
    private final Thread hook;

    private AtExit(Thread hook) {
        this.hook = hook;
    }

    /**
     * From now on {@code work} is done at the end, on a thread {@code name}.
     *
     * @throws InterruptedIOException when this process ends already; the work is not done then
     */
    static AtExit begin(String name, Runnable work) throws InterruptedIOException {
        Thread hook = Thread.ofPlatform().name(name).unstarted(work);
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException e) {
            throw (InterruptedIOException)
                    new InterruptedIOException("this process ends").initCause(e);
        }
        return new AtExit(hook);
    }

    /** {@return false when it is too late: this process ends, and the work is done} */
    boolean callOff() {
        try {
            return Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) { // thrown from then on
            return false;
        }
    }
}
