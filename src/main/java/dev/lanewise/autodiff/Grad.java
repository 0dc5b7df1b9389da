package dev.lanewise.autodiff;

import java.util.function.Supplier;

/** The dynamic scope in which nothing is recorded. */
public final class Grad {

    private static final ScopedValue<Boolean> OFF = ScopedValue.newInstance();

    private Grad() {}

    /**
     * Runs the action with recording switched off for everything that it calls on this thread: results are constants,
     * whatever their operands require or carry, in reverse and in forward mode. Unlike a volatile operand this leaves no
     * mark on the results. Functions of functions ({@link Gradients}) record what they need within themselves all the
     * same; what they return is a constant then.
     */
    public static void off(Runnable action) {
        ScopedValue.where(OFF, true).run(action);
    }

    /** As {@link #off(Runnable)}, and returns what the action returns. */
    public static <T> T off(Supplier<T> action) {
        return ScopedValue.where(OFF, true).call(action::get);
    }

    /** Whether recording is switched off here. */
    public static boolean isOff() {
        return OFF.isBound() && OFF.get();
    }

    /** Runs the action with recording on, wherever that is. */
    static <T> T on(Supplier<T> action) {
        return isOff() ? ScopedValue.where(OFF, false).call(action::get) : action.get();
    }
}
