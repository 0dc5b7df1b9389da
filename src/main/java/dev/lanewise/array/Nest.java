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

    /** Takes both arrays as its own; the first {@code depth} dimensions count. */
    Nest(int[] dims, int depth, int[]... strides) {
        this.dims = dims;
        this.strides = strides;
        this.rank = collapse(depth);
    }

    /** Of operands that broadcast to the shape. */
    static Nest of(Shape shape, FloatArray a, FloatArray b) {
        return new Nest(shape.dims(), shape.rank(), Views.stridesFor(a, shape), Views.stridesFor(b, shape));
    }

    /** Of one operand. */
    static Nest of(FloatArray x) {
        return new Nest(x.shape().dims(), x.rank(), x.strides.clone());
    }

    private int collapse(int depth) {
        int loops = 0;
        for (int i = 0; i < depth; i++) {
            if (dims[i] == 1) {
                continue;
            }
            boolean merged = loops > 0 && mergeable(loops - 1, i);
            int to = merged ? loops - 1 : loops++;
            dims[to] = merged ? dims[to] * dims[i] : dims[i];
            for (int[] s : strides) {
                s[to] = s[i];
            }
        }
        return loops;
    }

    private boolean mergeable(int outer, int inner) {
        for (int[] s : strides) {
            if (s[outer] != dims[inner] * s[inner]) {
                return false;
            }
        }
        return true;
    }
}
