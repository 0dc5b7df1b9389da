package dev.lanewise.array;

/**
 * Several strided operands of one shape as a nest of loops, made as shallow as their strides allow: dimensions of length
 * 1 are dropped, and two neighbours become one where every operand steps through them as through one.
 */
final class Nest {

    /** The lengths of the loops, outermost first; the first {@link #rank} count. */
    final int[] dims;

    /** For each operand its step in each loop. */
    final int[][] strides;

    /** The number of loops left. */
    final int rank;

    /** For each operand the element it starts with. */
    final int[] offsets;

    /** For each operand its storage. */
    final float[][] data;

    /** The operands, each of which broadcasts to the shape. */
    Nest(Shape shape, FloatArray... operands) {
        int[] lengths = shape.sharedDims();
        this.dims = lengths.clone();
        this.strides = new int[operands.length][];
        this.offsets = new int[operands.length];
        this.data = new float[operands.length][];
        for (int i = 0; i < operands.length; i++) {
            FloatArray x = operands[i];
            strides[i] = Views.stridesFor(x, x.rank(), lengths, lengths.length);
            offsets[i] = x.offset;
            data[i] = x.data;
        }
        this.rank = collapse(dims, strides, dims.length);
    }

    /** Merges loops in place, and returns how many are left. */
    static int collapse(int[] dims, int[][] strides, int depth) {
        int rank = 0;
        for (int i = 0; i < depth; i++) {
            if (dims[i] == 1) {
                continue;
            }
            if (rank > 0 && mergeable(dims[i], strides, rank - 1, i)) {
                dims[rank - 1] *= dims[i];
                for (int[] s : strides) {
                    s[rank - 1] = s[i];
                }
            } else {
                dims[rank] = dims[i];
                for (int[] s : strides) {
                    s[rank] = s[i];
                }
                rank++;
            }
        }
        return rank;
    }

    private static boolean mergeable(int inner, int[][] strides, int outerAxis, int innerAxis) {
        for (int[] s : strides) {
            if (s[outerAxis] != inner * s[innerAxis]) {
                return false;
            }
        }
        return true;
    }
}
