package dev.lanewise.bench;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long one fork measures.
 *
 * @param mode the average of many calls, or one call alone
 * @param warmups iterations that do not count
 * @param warmupMillis time of each
 * @param iterations iterations that count
 * @param iterationMillis time of each
 */
public record Timing(Mode mode, int warmups, int warmupMillis, int iterations, int iterationMillis) {

    /** The usual: what is measured is warm already, only the loop around it is not. */
    static final Timing STEADY = new Timing(Mode.AverageTime, 1, 100, 5, 80);

    /** One call in a JVM that is cold. */
    static final Timing ONCE = new Timing(Mode.SingleShotTime, 0, 0, 1, 500);

    /** The calls of the first second. */
    static final Timing FIRST_SECOND = new Timing(Mode.AverageTime, 0, 0, 1, 1000);

    /** What it takes at least, in seconds. */
    double seconds() {
        return (warmups * warmupMillis + iterations * iterationMillis) / 1000.0;
    }

    void apply(ChainedOptionsBuilder options) {
        options.mode(mode)
                .warmupIterations(warmups)
                .warmupTime(TimeValue.milliseconds(warmupMillis))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(iterationMillis));
    }
}
