package dev.lanewise.autodiff;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A count that every call of a function of functions ({@link Gradients}) moves on: what was made before a call
 * can be told from what was made within it, and a call within a call has the larger number.
 */
final class Clock {

    private static final AtomicLong NOW = new AtomicLong(2);

    /** The number of the innermost call around this one; unbound outside of all. */
    private static final ScopedValue<Long> CALL = ScopedValue.newInstance();

    /** The number of the innermost forward derivative around this; unbound outside of all. */
    private static final ScopedValue<Long> FORWARD = ScopedValue.newInstance();

    /** The levels of the forward derivatives that are being computed, on whatever thread. */
    private static final Set<Long> LIVE = ConcurrentHashMap.newKeySet();

    private Clock() {}

    static long now() {
        return NOW.get();
    }

    /** A number larger than all before it, and even. */
    static long tick() {
        return NOW.addAndGet(2);
    }

    /** Runs a call under its number. */
    static <T> T within(long call, ScopedValue.CallableOp<T, RuntimeException> action) {
        return ScopedValue.where(CALL, call).call(action);
    }

    /** The same for a forward derivative, whose number is a level of {@link Perturbation}s. */
    static <T> T withinForward(long level, ScopedValue.CallableOp<T, RuntimeException> action) {
        LIVE.add(level);
        try {
            return ScopedValue.where(CALL, level).where(FORWARD, level).call(action);
        } finally {
            LIVE.remove(level);
        }
    }

    /** Whether a level is that of a forward derivative that is over. Odd ones are of dual arrays made by hand: never. */
    static boolean hasEnded(long level) {
        return (level & 1) == 0 && level != Perturbation.NO_LEVEL && !LIVE.contains(level);
    }

    /** The level of the innermost forward derivative around this. */
    static long forward() {
        return FORWARD.orElse(Perturbation.NO_LEVEL);
    }

    /** A number between that of the innermost call around this one and that of every call within it. */
    static long between() {
        return CALL.orElse(0L) + 1;
    }
}
