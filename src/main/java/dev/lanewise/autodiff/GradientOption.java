package dev.lanewise.autodiff;

/** What {@link Gradients} are asked to do beside their work. */
public enum GradientOption {
    /**
     * Throw {@link IllegalArgumentException} if the result does not depend on an argument. Without it the gradient for
     * such an argument is zeros.
     */
    REFUSE_UNUSED
}
