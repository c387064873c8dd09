package dev.mayfly.pool;

import java.util.concurrent.atomic.AtomicInteger;

/** Mistakes in the accounting, each made now and then, to see that the census notices. */
enum BudgetFault {
    NONE,
    LOSE_A_RELEASE,
    RELEASE_TWICE,
    FORGET_TO_COUNT,
    COUNT_TWICE;

    private static final int NOW_AND_THEN = 20;

    MemoryBudget make(long bytes, MemoryBudget.Relief relief) {
        return new Faulty(this, bytes, relief);
    }

    private static final class Faulty extends MemoryBudget {
        private final BudgetFault fault;
        private final AtomicInteger calls = new AtomicInteger();

        Faulty(BudgetFault fault, long bytes, Relief relief) {
            super(bytes, relief);
            this.fault = fault;
        }

        @Override
        boolean take(long more) {
            boolean taken = super.take(more);
            if (taken && strikes(FORGET_TO_COUNT)) {
                super.release(more);
            } else if (taken && strikes(COUNT_TWICE)) {
                super.release(-more);
            }
            return taken;
        }

        @Override
        void release(long less) {
            if (!strikes(LOSE_A_RELEASE)) {
                super.release(less);
            }
            if (strikes(RELEASE_TWICE)) {
                super.release(less);
            }
        }

        private boolean strikes(BudgetFault mine) {
            return fault == mine && calls.incrementAndGet() % NOW_AND_THEN == 0;
        }
    }
}
