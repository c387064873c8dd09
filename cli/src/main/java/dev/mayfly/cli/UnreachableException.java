package dev.mayfly.cli;

import java.io.IOException;

/** No server answered, or what answered is no Mayfly. */
final class UnreachableException extends IOException {
    private static final long serialVersionUID = 1;

    private final String mend;

    UnreachableException(String message, String mend, Throwable cause) {
        super(message, cause);
        this.mend = mend;
    }

    UnreachableException(String message, String mend) {
        super(message);
        this.mend = mend;
    }

    String mend() {
        return mend;
    }
}
