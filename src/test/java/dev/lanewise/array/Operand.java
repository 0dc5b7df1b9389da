package dev.lanewise.array;

import java.util.Arrays;
import java.util.Random;

/**
 * A {@link FloatArray} in any guise, with its oracle: dense, or with its dimensions in another order in storage, spread
 * out as by steps, after an offset, or repeated by strides of 0. All storage in between is filled with a number that
 * would spoil every result that reads it. Built from the package-private constructor, not by the views under test.
 */
record Operand(FloatArray array, Ref ref) {

    private static final float JUNK = 7777;

    /** What elements are drawn from. */
    enum Numbers {
        /** Multiples of 1/2 up to 4, so that sums of products are exact in any order. */
        EXACT,
        /** As {@link #EXACT}, with a few infinities, NaN and zeros of either sign. */
        SPECIAL,
        /** From 1/4 to 2: safe for logarithms and powers. */
        POSITIVE
    }

    static Operand of(Random random, Numbers numbers, int... dims) {
        int rank = dims.length;
        boolean plain = random.nextInt(3) == 0;
        boolean[] repeated = new boolean[rank];
        for (int i = 0; i < rank; i++) {
            repeated[i] = !plain && random.nextInt(6) == 0;
        }
        Ref drawn = Ref.fill(dims, index -> draw(random, numbers));
        Ref content = Ref.fill(dims, index -> drawn.get(Ref.kept(index, repeated)));
        int[] order = plain ? ascending(rank) : shuffled(random, rank);
        int[] strides = new int[rank];
        int extent = 1;
        for (int i = rank - 1; i >= 0; i--) {
            int axis = order[i];
            if (repeated[axis]) {
                continue;
            }
            int gap = plain ? 1 : 1 + Math.max(0, random.nextInt(5) - 2);
            strides[axis] = extent * gap;
            extent = Math.max(extent, extent * gap * dims[axis]);
        }
        int offset = random.nextInt(5);
        float[] data = new float[Ref.count(dims) == 0 ? offset : offset + extent];
        Arrays.fill(data, JUNK);
        Ref.forEach(dims, index -> {
            int at = offset;
            for (int i = 0; i < rank; i++) {
                at += index[i] * strides[i];
            }
            data[at] = (float) content.get(index);
        });
        return new Operand(new FloatArray(FloatArray.wrap(data), offset, Shape.of(dims), strides), content);
    }

    private static double draw(Random random, Numbers numbers) {
        double exact = (random.nextInt(17) - 8) / 2.0;
        return switch (numbers) {
            case EXACT -> exact;
            case POSITIVE -> (1 + random.nextInt(8)) / 4.0;
            case SPECIAL ->
                switch (random.nextInt(24)) {
                    case 0 -> Double.NaN;
                    case 1 -> Double.POSITIVE_INFINITY;
                    case 2 -> Double.NEGATIVE_INFINITY;
                    case 3 -> -0.0;
                    default -> exact;
                };
        };
    }

    private static int[] ascending(int n) {
        int[] result = new int[n];
        Arrays.setAll(result, i -> i);
        return result;
    }

    static int[] shuffled(Random random, int n) {
        int[] result = ascending(n);
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = result[i];
            result[i] = result[j];
            result[j] = kept;
        }
        return result;
    }

    // ---- lengths

    /** Lengths of up to {@code rank} dimensions: mostly small, now and then 0, 1, or longer than any block. */
    static int[] dims(Random random, int least, int rank) {
        int[] dims = new int[least + random.nextInt(rank - least + 1)];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = length(random);
        }
        if (dims.length > 0 && random.nextInt(3) == 0) {
            dims[random.nextInt(dims.length)] = 60 + random.nextInt(90);
        }
        while (Ref.count(dims) > 6000) {
            dims[random.nextInt(dims.length)] = 2;
        }
        return dims;
    }

    static int length(Random random) {
        return switch (random.nextInt(16)) {
            case 0 -> 0;
            case 1, 2, 3 -> 1;
            default -> 2 + random.nextInt(6);
        };
    }

    /** Lengths that broadcast to the given ones: leading ones dropped, others made 1. */
    static int[] broadcasting(Random random, int[] to) {
        int drop = random.nextInt(3) == 0 ? random.nextInt(to.length + 1) : 0;
        int[] dims = Arrays.copyOfRange(to, drop, to.length);
        for (int i = 0; i < dims.length; i++) {
            dims[i] = random.nextInt(3) == 0 ? 1 : dims[i];
        }
        return dims;
    }

    /** Some axes, each marked with probability one half. */
    static boolean[] axes(Random random, int rank) {
        boolean[] marked = new boolean[rank];
        for (int i = 0; i < rank; i++) {
            marked[i] = random.nextBoolean();
        }
        return marked;
    }

    /** The marked axes in any order, some counted from the end. */
    static int[] named(Random random, boolean[] marked) {
        int[] result = new int[marked.length];
        int count = 0;
        for (int axis : shuffled(random, marked.length)) {
            if (marked[axis]) {
                result[count++] = random.nextBoolean() ? axis : axis - marked.length;
            }
        }
        return Arrays.copyOf(result, count);
    }
}
