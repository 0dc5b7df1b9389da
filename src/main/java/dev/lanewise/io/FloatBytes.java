package dev.lanewise.io;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** The elements of an array as little-endian bytes, in row-major order. */
final class FloatBytes {

    private static final ValueLayout.OfFloat LITTLE =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int CHUNK = 1 << 14;

    private FloatBytes() {}

    /** Writes them in chunks, so that the array is not copied whole, unless it is a view that must be. */
    static void write(FloatArray array, OutputStream out) throws IOException {
        int size = array.size();
        FloatArray flat = array.reshape(size);
        float[] chunk = new float[Math.min(CHUNK, size)];
        byte[] bytes = new byte[chunk.length * Float.BYTES];
        for (int done = 0; done < size; ) {
            int some = Math.min(chunk.length, size - done);
            flat.slice(Index.range(done, done + some)).copyTo(chunk, 0);
            MemorySegment.copy(chunk, 0, MemorySegment.ofArray(bytes), LITTLE, 0, some);
            out.write(bytes, 0, some * Float.BYTES);
            done += some;
        }
    }
}
