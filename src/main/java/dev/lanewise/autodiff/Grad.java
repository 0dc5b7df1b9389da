package dev.lanewise.autodiff;

import java.util.function.Supplier;

/** The dynamic scope in which nothing is recorded. */
public final class Grad {

    private static final ScopedValue<Boolean> OFF = ScopedValue.newInstance();

    private Grad() {}

    /**
     * Runs the action with recording switched off for everything that it calls on this thread: results are constants,
     * whatever their operands require. Unlike a volatile operand this leaves no mark on the results.
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
        return OFF.isBound();
    }
}
