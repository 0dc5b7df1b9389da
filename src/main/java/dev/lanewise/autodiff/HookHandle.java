package dev.lanewise.autodiff;

/** What {@link AdjointArray#registerHook} returns: the way to take the hook off again. */
@FunctionalInterface
public interface HookHandle extends AutoCloseable {

    /** Takes the hook off; a second call does nothing. */
    void remove();

    /** The same as {@link #remove}, for use with try-with-resources. */
    @Override
    default void close() {
        remove();
    }
}
