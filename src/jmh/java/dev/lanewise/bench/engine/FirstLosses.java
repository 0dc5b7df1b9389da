package dev.lanewise.bench.engine;

/** The losses of the first steps of a training, by which engines are compared. */
public final class FirstLosses {

    /** How many. */
    public static final int STEPS = 5;

    private final float[] first = new float[STEPS];
    private int steps;

    /** No step yet. */
    public FirstLosses() {}

    /**
     * The loss of the next step.
     *
     * @throws IllegalStateException if it is no number any more
     */
    public float add(float loss) {
        if (!Float.isFinite(loss)) {
            throw new IllegalStateException("step " + steps + " came to a loss of " + loss);
        }
        if (steps < STEPS) {
            first[steps] = loss;
        }
        steps++;
        return loss;
    }

    /**
     * Those of the first steps.
     *
     * @throws IllegalStateException if there were not so many, or if they did not fall
     */
    public float[] first() {
        if (steps < STEPS) {
            throw new IllegalStateException("there were " + steps + " steps, and " + STEPS + " are compared");
        }
        for (int i = 1; i < STEPS; i++) {
            if (!(first[i] < first[i - 1])) {
                throw new IllegalStateException(
                        "step " + i + " came to a loss of " + first[i] + ", after " + first[i - 1]);
            }
        }
        return first.clone();
    }
}
