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

    /** A number between that of the innermost call around this one and that of every call within it. */
    static long between() {
        return CALL.orElse(0L) + 1;
    }
}
