package dev.mayfly.pool;

/**
 * How many more spare threads all crews together may start, {@code runtime.max_blocked} at first.
 * Belongs to the clock's thread, which starts them and sees their ends.
 */
final class Spares {
    private final int most;
    private int left;

    Spares(int most) {
        this.most = most;
        left = most;
    }

    int most() {
        return most;
    }

    boolean take() {
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }

    void giveBack() {
        left++;
    }

    /** The system has no room for more: those there are must do until one ends. */
    void exhaust() {
        left = 0;
    }
}
