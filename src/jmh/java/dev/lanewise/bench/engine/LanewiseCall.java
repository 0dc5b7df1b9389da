package dev.lanewise.bench.engine;

import dev.lanewise.array.FloatArray;
import java.util.function.Supplier;

/** An operation of the public array interface, which makes a new array each time. */
record LanewiseCall(Supplier<FloatArray> operation) implements Call {

    @Override
    public Object run() {
        return operation.get();
    }

    @Override
    public float[] result() {
        return operation.get().toArray();
    }
}
