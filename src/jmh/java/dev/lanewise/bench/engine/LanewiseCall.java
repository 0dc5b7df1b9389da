package dev.lanewise.bench.engine;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Workspace;
import java.util.function.Supplier;

/**
 * An operation of the public array interface, whose result stands in a workspace that the next call uses again, as the memory
 * that libtorch frees after each call serves its next one.
 */
record LanewiseCall(Supplier<FloatArray> operation, Workspace workspace) implements Call {

    LanewiseCall(Supplier<FloatArray> operation) {
        this(operation, new Workspace());
    }

    @Override
    public Object run() {
        return workspace.call(operation);
    }

    @Override
    public float[] result() {
        return workspace.call(() -> operation.get().toArray());
    }
}
