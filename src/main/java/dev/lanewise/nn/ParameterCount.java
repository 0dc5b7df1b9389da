package dev.lanewise.nn;

/**
 * How many numbers the parameters of a layer hold.
 *
 * @param trained those of parameters that take part in training
 * @param frozen those of parameters that do not
 */
public record ParameterCount(long trained, long frozen) {

    /** All of them. */
    public long total() {
        return trained + frozen;
    }
}
