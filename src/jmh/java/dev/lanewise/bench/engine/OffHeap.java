package dev.lanewise.bench.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.FloatPointer;

/** Numbers outside of the heap, where native libraries want them: aligned to a cache line, and never freed. */
final class OffHeap {

    private static final long CACHE_LINE = 64;

    private OffHeap() {}

    static FloatPointer copyOf(float[] numbers) {
        FloatPointer pointer = zeros(numbers.length);
        pointer.put(numbers, 0, numbers.length);
        return pointer;
    }

    static FloatPointer zeros(int count) {
        return new FloatPointer(Arena.global()
                .allocate(ValueLayout.JAVA_FLOAT.byteSize() * Math.max(count, 1), CACHE_LINE)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer());
    }

    static float[] read(FloatPointer pointer, int count) {
        float[] numbers = new float[count];
        pointer.get(numbers, 0, count);
        return numbers;
    }
}
