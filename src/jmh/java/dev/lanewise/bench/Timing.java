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
 * @param startMillis what comes before that, roughly, as measured: starting a JVM, JMH in it and the engine, and warming up
 */
public record Timing(Mode mode, int warmups, int warmupMillis, int iterations, int iterationMillis, int startMillis) {

    /** The usual: what is measured is warm already, only the loop around it is not. */
    static final Timing STEADY = new Timing(Mode.AverageTime, 1, 100, 5, 80, 1800);

    /** Of a whole model, a call of which takes up to half a second. */
    static final Timing MODEL = new Timing(Mode.AverageTime, 1, 100, 5, 200, 4000);

    /** One call in a JVM that is cold. */
    static final Timing ONCE = new Timing(Mode.SingleShotTime, 0, 0, 1, 500, 1800);

    /** The calls of the first second. */
    static final Timing FIRST_SECOND = new Timing(Mode.AverageTime, 0, 0, 1, 1000, 1800);

    /** What a fork takes, roughly, in seconds. */
    double seconds() {
        return (startMillis + warmups * warmupMillis + iterations * iterationMillis) / 1000.0;
    }

    void apply(ChainedOptionsBuilder options) {
        options.mode(mode)
                .warmupIterations(warmups)
                .warmupTime(TimeValue.milliseconds(warmupMillis))
                .measurementIterations(iterations)
                .measurementTime(TimeValue.milliseconds(iterationMillis));
    }
}
