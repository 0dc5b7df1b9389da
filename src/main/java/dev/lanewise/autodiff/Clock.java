package dev.lanewise.autodiff;

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
        return ScopedValue.where(CALL, level).where(FORWARD, level).call(action);
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
