package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Numbers;

/** What the benchmarks of training steps check. */
final class Training {

    /** Of the largest change; a change is itself the difference of two rounded weights. */
    private static final double TOLERANCE = 2e-3;

    private Training() {}

    /** Makes the first step with both and compares what it changed; later steps start from different roundings. */
    static void requireSameFirstStep(Call call, Call ours) {
        float[] start = ours.result();
        call.run();
        ours.run();
        Numbers.requireClose(changes(call.result(), start), changes(ours.result(), start), TOLERANCE);
    }

    /** Weights that are no longer numbers would not have been trained. */
    static void requireFinite(Call call) {
        for (float weight : call.result()) {
            if (!Float.isFinite(weight)) {
                throw new IllegalStateException("training came to a weight of " + weight);
            }
        }
    }

    private static float[] changes(float[] weights, float[] start) {
        float[] changes = new float[start.length];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = weights[i] - start[i];
        }
        return changes;
    }
}
