package dev.lanewise.optim;

/**
 * A learning rate, or another number, as a function of the step that is to be made; steps count from 0. It remembers
 * nothing, so training that is resumed at a step goes on with its rate:
 *
 * <pre>{@code
 * Schedule schedule = Schedule.cosine(1e-3, 0, 900).warmUp(100);
 * optimizer.learningRate(schedule.at(step));
 * }</pre>
 */
@FunctionalInterface
public interface Schedule {

    /** The number for a step. */
    double at(long step);

    /** One number for ever. */
    static Schedule constant(double rate) {
        return step -> rate;
    }

    /**
     * From one number to another along a line, in so many steps; then it stays there.
     *
     * @throws IllegalArgumentException unless there are some steps
     */
    static Schedule linear(double from, double to, long steps) {
        requireSteps("linear", steps);
        return step -> step >= steps ? to : from + (to - from) * step / steps;
    }

    /**
     * From one number to another along half a period of a cosine, in so many steps; then it stays there (Loshchilov and
     * Hutter, <i>SGDR: stochastic gradient descent with warm restarts</i>, 2017, without the restarts).
     *
     * @throws IllegalArgumentException unless there are some steps
     */
    static Schedule cosine(double from, double to, long steps) {
        requireSteps("cosine", steps);
        return step -> step >= steps ? to : to + (from - to) * (1 + Math.cos(Math.PI * step / steps)) / 2;
    }

    /**
     * A number that is multiplied by a factor after every so many steps.
     *
     * @throws IllegalArgumentException unless there are some steps between
     */
    static Schedule step(double from, double factor, long every) {
        requireSteps("step", every);
        return step -> from * Math.pow(factor, (double) Math.floorDiv(step, every));
    }

    /**
     * This after so many steps in which it rises along a line to its first number: at step i there, {@code (i + 1) / steps}
     * of it (Goyal and others, <i>Accurate, large minibatch SGD</i>, 2017).
     *
     * @throws IllegalArgumentException for a negative number of steps
     */
    default Schedule warmUp(long steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("warmUp: " + steps + " steps");
        }
        return step -> step < steps ? at(0) * (step + 1) / steps : at(step - steps);
    }

    /**
     * This for so many steps, then another, whose own steps begin at 0 there.
     *
     * @throws IllegalArgumentException for a negative number of steps
     */
    default Schedule then(long steps, Schedule next) {
        if (steps < 0) {
            throw new IllegalArgumentException("then: " + steps + " steps");
        }
        return step -> step < steps ? at(step) : next.at(step - steps);
    }

    private static void requireSteps(String what, long steps) {
        if (steps < 1) {
            throw new IllegalArgumentException(what + ": " + steps + " steps");
        }
    }
}
