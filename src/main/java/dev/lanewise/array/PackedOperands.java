package dev.lanewise.array;

import dev.lanewise.kernel.GemmKernels.Packed;
import dev.lanewise.kernel.Kernels;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Second operands of products in the order in which the kernels read them, for {@link Plan}s: packed once for all plans that
 * use the same array, and kept as long as one of them is.
 */
final class PackedOperands {

    /** A matrix in an array of numbers, which are those of a value and do not change. */
    private record Place(int offset, int rows, int columns, int row, int column) {}

    /** By the identity of the array, which is what equality of arrays is. */
    @SuppressWarnings("ArrayAsKeyOfSetOrMap")
    private static final Map<float[], Map<Place, WeakReference<Packed>>> KEPT = new WeakHashMap<>();

    private PackedOperands() {}

    static synchronized Packed of(int n, int k, float[] b, int offset, int row, int column) {
        Map<Place, WeakReference<Packed>> ofArray = KEPT.computeIfAbsent(b, array -> new HashMap<>());
        Place place = new Place(offset, k, n, row, column);
        WeakReference<Packed> kept = ofArray.get(place);
        Packed packed = kept == null ? null : kept.get();
        if (packed == null) {
            packed = Kernels.GEMM.pack(n, k, b, offset, row, column);
            ofArray.put(place, new WeakReference<>(packed));
        }
        return packed;
    }
}
