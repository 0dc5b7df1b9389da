package dev.lanewise.autodiff;

import org.jspecify.annotations.Nullable;

/** The first number that was not finite, in a scope of {@link Anomaly#detect}. */
public final class AnomalyException extends ArithmeticException {

    private static final long serialVersionUID = 1;

    private final String operation;
    private final int operand;
    private final @Nullable StackTraceElement place;

    AnomalyException(String message, String operation, int operand, @Nullable StackTraceElement place) {
        super(message);
        this.operation = operation;
        this.operand = operand;
        this.place = place;
    }

    /** The name of the operation whose value or derivative it was; "backward" for a gradient that was given. */
    public String operation() {
        return operation;
    }

    /**
     * In a backward or forward derivative the operand it was taken by; of a value the first operand that was not finite
     * itself; -1 if there is no such operand.
     */
    public int operand() {
        return operand;
    }

    /**
     * Where the operation was called, in the first code outside the library; null if that is not known, because the
     * operation was recorded outside of all such scopes.
     */
    public @Nullable StackTraceElement place() {
        return place;
    }
}
