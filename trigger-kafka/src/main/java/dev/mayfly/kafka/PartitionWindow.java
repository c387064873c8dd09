package dev.mayfly.kafka;

import dev.mayfly.kafka.Slot.Step;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * The records of a partition that are here, and which of them may begin.
 *
 * <pre>
 *   committed       finished              committed + most
 *       │ done  done   │ begun done begun ready   ┃ behind ready …
 *       └──────────────┴──────────────────────────╂──────────────► offsets
 *         to be committed        may begin        ┃   must wait
 * </pre>
 *
 * <p>Three promises, which hold whatever fails or comes when: of a key at most one record is under
 * way, and in the order of offsets; what is finished without a gap is all that may be committed;
 * and no record begins that is {@code most} records or more beyond what <em>is</em> committed. So
 * who comes after a crash repeats {@code most} records at most. The lowest unfinished one is never
 * kept back for good: those before it are finished, and will be committed.
 *
 * <p>Records are counted, not measured by their offsets, which have gaps. Belongs to the loop.
 */
class PartitionWindow {
    private static final Comparator<Slot> LOWEST_FIRST =
            (left, right) -> Long.compare(left.count, right.count);

    private final TopicPartition id;
    private final HeldRecords held = new HeldRecords();
    private final PriorityQueue<Slot> ready = new PriorityQueue<>(LOWEST_FIRST);
    private final KeyLines lines = new KeyLines();

    /** Finished, with something to write in the transaction that commits it; lowest first. */
    private final ArrayDeque<Slot> unwritten = new ArrayDeque<>();

    private int most;
    private long arrived;
    private long finished;
    private long committed;
    private long begun;

    /** Behind the highest record that ever began. */
    private long begunUpTo;

    /** Behind the last finished record without a gap; -1 before there is one. */
    private long nextOffset = -1;

    private long committedOffset = -1;
    private int underWay;
    private int waiting;
    private String stuck = "";
    private String unwritable = "";
    private boolean leaving;
    private boolean abandoned;
    private boolean unmarked;

    /** Whether its consumer is paused here; the {@link Flow}'s. */
    boolean paused;

    /**
     * @param most how far beyond what is committed a record may begin, in records
     */
    PartitionWindow(TopicPartition id, int most) {
        this.id = id;
        this.most = most;
    }

    TopicPartition id() {
        return id;
    }

    void most(int records) {
        most = records;
    }

    int most() {
        return most;
    }

    /** Takes a record; its offset is higher than those before. */
    Slot add(ConsumerRecord<byte[], byte[]> record) {
        Slot slot = new Slot(this, arrived++, record);
        held.add(slot);
        if (committedOffset < 0) {
            committedOffset = record.offset();
        }
        if (lines.join(slot)) {
            again(slot);
        }
        return slot;
    }

    /** Begins the lowest record that may; null when none may now. */
    @Nullable Slot next() {
        Slot lowest = ready.peek();
        if (lowest == null || !canBegin(lowest)) {
            return null;
        }
        ready.remove();
        if (!lowest.everBegun) {
            lowest.everBegun = true;
            begun++;
            begunUpTo = Math.max(begunUpTo, lowest.count + 1);
        }
        lowest.step = Step.BEGUN;
        underWay++;
        return lowest;
    }

    /** Whether it is near enough to what is committed. */
    boolean within(Slot slot) {
        return slot.count - committed < most;
    }

    /** It may begin (again). */
    void again(Slot slot) {
        leave(slot);
        slot.step = Step.READY;
        ready.add(slot);
    }

    /** It waits for another attempt. */
    void await(Slot slot) {
        leave(slot);
        slot.step = Step.WAITING;
        waiting++;
    }

    /** It goes on writing after it waited for that. */
    void resume(Slot slot) {
        leave(slot);
        slot.step = Step.BEGUN;
        underWay++;
    }

    /** It cannot go on, and nothing here begins until {@link #free}. */
    void stick(Slot slot, String reason) {
        leave(slot);
        slot.step = Step.STUCK;
        stuck = reason;
    }

    /** Whatever is stuck may begin again, from its first attempt. */
    void free() {
        stuck = "";
        unwritable = "";
        for (Slot slot : held) {
            if (slot.step == Step.STUCK) {
                slot.forgetAttempts();
                again(slot);
            }
        }
    }

    /** Stands still because what is finished cannot be written; goes on with an empty reason. */
    void unwritable(String reason) {
        unwritable = reason;
    }

    /**
     * It is over; the next one of its key may begin. What is yet to be written with its commit
     * stays here, and so does its record, for a dead letter in place of what the brokers refuse.
     */
    void done(Slot slot) {
        leave(slot);
        slot.step = Step.DONE;
        Slot follower = lines.leave(slot);
        if (follower != null) {
            again(follower);
        }
        if (slot.outgoing == null) {
            held.letGo(slot);
        }
        pop();
        if (!stuck.isEmpty() && !held.hasStuck()) {
            stuck = "";
        }
    }

    private void leave(Slot slot) {
        switch (slot.step) {
            case BEGUN -> underWay--;
            case WAITING -> waiting--;
            case BEHIND, READY, STUCK -> {}
            case DONE -> throw new IllegalStateException(id + "@" + slot.offset + " is done");
        }
    }

    private void pop() {
        for (Slot first = held.first(); first != null && first.step == Step.DONE; ) {
            held.removeFirst();
            finished = first.count + 1;
            nextOffset = first.offset + 1;
            if (first.outgoing != null) {
                unwritten.addLast(first);
            }
            first = held.first();
        }
    }

    /** How far it may be committed. */
    Mark mark() {
        return new Mark(this, finished, nextOffset);
    }

    void reached(Mark mark) {
        if (mark.count() > committed) {
            begun -= mark.count() - committed;
            committed = mark.count();
        }
        committedOffset = Math.max(committedOffset, mark.offset());
        while (!unwritten.isEmpty() && unwritten.peekFirst().count < mark.count()) {
            held.letGo(unwritten.removeFirst());
        }
    }

    /** Finished records with something to write, in the order of offsets. */
    Iterable<Slot> unwritten() {
        return unwritten;
    }

    /**
     * The group has no offset for it yet: a successor might begin behind what is here. So nothing
     * begins until {@link #marked}.
     */
    void unmarked() {
        unmarked = true;
    }

    boolean isUnmarked() {
        return unmarked;
    }

    /** A restart would begin at {@code offset}. */
    void marked(long offset) {
        unmarked = false;
        committedOffset = Math.max(committedOffset, offset);
    }

    boolean isUnwritable() {
        return !unwritable.isEmpty();
    }

    /**
     * Nothing begins any more but what is before the highest record that began: when that is
     * finished too, there is no gap, and whoever comes next repeats nothing.
     */
    void leave() {
        leaving = true;
    }

    boolean leaving() {
        return leaving;
    }

    /**
     * Whether there is nothing to wait for: no gap is left, or one that will not be closed before
     * {@code deadline}, by {@link System#nanoTime}, and nothing runs.
     */
    boolean isSettled(long deadline) {
        Slot first = held.first();
        if (underWay > 0 || first == null || first.count >= begunUpTo || !stuck().isEmpty()) {
            return underWay == 0;
        }
        return first.step == Step.WAITING && first.dueNanos - deadline >= 0;
    }

    /** Finished records that are not committed. */
    long uncommitted() {
        return finished - committed;
    }

    /** Records that came here and are not committed. */
    long behind() {
        return arrived - committed;
    }

    int heldRecords() {
        return held.size();
    }

    long heldBytes() {
        return held.bytes();
    }

    /** Whether a run of it is under way. */
    boolean runs() {
        return held.hasRunning();
    }

    /** Ends the runs that are under way, each will tell; and nothing begins any more. */
    void cancel() {
        abandoned = true;
        held.cancel();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Records that run, or whose output is on its way. */
    int underWay() {
        return underWay;
    }

    int waiting() {
        return waiting;
    }

    /** Records that a successor would repeat at most. */
    int inFlight() {
        return (int) begun;
    }

    private boolean canBegin(Slot lowest) {
        return stuck().isEmpty() && !abandoned && !unmarked && within(lowest) && isWanted(lowest);
    }

    private boolean isWanted(Slot slot) {
        return !leaving || slot.count < begunUpTo;
    }

    long committedOffset() {
        return committedOffset;
    }

    /** Why it stands still; empty when it does not. */
    String stuck() {
        return stuck.isEmpty() ? unwritable : stuck;
    }
}
