package dev.mayfly.pool;

/**
 * Whether to look for more work before sleeping: as long as that pays. After a look in vain one is
 * left out, after a second three, then seven, up to {@link #MOST_LEFT_OUT}; a find begins anew. So
 * who has work every now and then hardly ever looks. Immutable.
 *
 * @param next how many looks the next one in vain has left out
 * @param leftOut looks to be left out now
 */
public record Patience(int next, int leftOut) {
    static final int MOST_LEFT_OUT = 63;

    /** Of who has not looked yet, or has found something. */
    public static final Patience FRESH = new Patience(1, 0);

    /** Of who has looked in vain for long. */
    static final Patience SPENT = new Patience(MOST_LEFT_OUT, MOST_LEFT_OUT);

    /** {@return whether the next look is taken} */
    public boolean looks() {
        return leftOut == 0;
    }

    /** {@return what is left of it when a look was left out} */
    public Patience waited() {
        return new Patience(next, leftOut - 1);
    }

    /**
     * {@return what is left of it after a look}
     *
     * @param found whether it found something
     */
    public Patience after(boolean found) {
        return found ? FRESH : new Patience(Math.min(2 * next + 1, MOST_LEFT_OUT), next);
    }
}
