package dev.lanewise.bench.engine;

/** One thing to time, its operands ready. */
public interface Call {

    /** Does it; the return value only keeps it from being optimised away. */
    Object run();

    /** A copy of what the last run computed. */
    float[] result();
}
