package dev.lanewise.oracle;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Draws the arguments of a trial from a list of choices that jqwik makes, and shrinks: where the list holds zeros or has
 * ended, arguments are the simplest there are.
 */
final class Draw {

    /** How many choices a trial may use before they are all zeros. */
    static final int CHOICES = 64;

    /** What the elements of the arrays of a trial are like. */
    enum Numbers {
        /** Of usual size, either sign. */
        PLAIN,
        /** Multiples of 1/2 from -2 to 2: many are equal, or zeros of either sign. */
        TIES,
        /** Of all sizes from 2^-40 to 2^40. */
        WIDE,
        /** A third are NaN, infinite, zero, subnormal, or at the ends of the range. */
        SPECIAL
    }

    private static final float[] SPECIALS = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        0f,
        -0f,
        // from here on not in gradients
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        0x1.8p-130f,
        -0x1.8p-130f,
        Float.MIN_NORMAL,
        -1f,
        Float.MAX_VALUE,
        -Float.MAX_VALUE
    };

    /** How many of them can be added up: with the ends of the range, it is the order of additions that overflows. */
    private static final int ADDABLE = SPECIALS.length - 2;

    private final List<Integer> choices;
    private int next;
    private final Numbers numbers;

    Draw(List<Integer> choices) {
        this.choices = choices;
        numbers = switch (below(10)) {
            case 0, 1, 2, 3, 4 -> Numbers.PLAIN;
            case 5, 6 -> Numbers.TIES;
            case 7 -> Numbers.WIDE;
            default -> Numbers.SPECIAL;
        };
    }

    /** Whether second derivatives mean anything here: those of numbers of all sizes are mostly infinite or 0. */
    boolean isUsual() {
        return numbers == Numbers.PLAIN || numbers == Numbers.TIES;
    }

    /** A number from 0 to n, exclusive. */
    int below(int n) {
        return next < choices.size() ? choices.get(next++) % n : 0;
    }

    boolean flip() {
        return below(2) == 1;
    }

    // ---- shapes

    /** A length: mostly small, now and then 0, seldom longer than any vector. */
    int length() {
        int choice = below(24);
        return switch (choice) {
            case 0, 1, 2 -> 1;
            case 3 -> 0;
            case 4 -> 20 + below(80);
            default -> 2 + choice % 6;
        };
    }

    /** A length that is not 0. */
    int someLength() {
        return Math.max(1, length());
    }

    int[] dims(int leastRank, int mostRank) {
        int[] dims = new int[leastRank + below(mostRank - leastRank + 1)];
        Arrays.setAll(dims, i -> length());
        return limited(dims);
    }

    /** Lengths of which none is 0. */
    int[] someDims(int leastRank, int mostRank) {
        int[] dims = new int[leastRank + below(mostRank - leastRank + 1)];
        Arrays.setAll(dims, i -> someLength());
        return limited(dims);
    }

    private static int[] limited(int[] dims) {
        for (int i = 0; i < dims.length && Shape.of(dims).size() > 1500; i++) {
            dims[i] = Math.min(dims[i], 2);
        }
        return dims;
    }

    /** Lengths that broadcast to the given ones: leading ones dropped, others made 1. */
    int[] broadcastable(int... to) {
        int drop = below(3) == 1 ? below(to.length + 1) : 0;
        int[] dims = Arrays.copyOfRange(to, drop, to.length);
        for (int i = 0; i < dims.length; i++) {
            dims[i] = below(3) == 1 ? 1 : dims[i];
        }
        return dims;
    }

    /** An axis of an array of this rank, counted from the end if negative. */
    int axis(int rank) {
        return below(2 * rank) - rank;
    }

    /** Some axes in any order, perhaps none, which means all. */
    int[] axes(int rank) {
        int[] order = permutation(rank);
        int[] axes = Arrays.copyOf(order, below(rank + 1));
        for (int i = 0; i < axes.length; i++) {
            axes[i] -= flip() ? rank : 0;
        }
        return axes;
    }

    int[] permutation(int n) {
        int[] order = new int[n];
        Arrays.setAll(order, i -> i);
        for (int i = n - 1; i > 0; i--) {
            int j = i - below(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    // ---- numbers

    /** One number, of the kind that suits this trial. */
    float number() {
        return element(random(), false, SPECIALS.length);
    }

    /** One number that is neither special nor of unusual size. */
    float plain() {
        return (below(81) - 40) / 8f;
    }

    /** An array of numbers that are added up, or whose gradients are: without the ends of the range. */
    FloatArray array(int... dims) {
        return laidOut(false, ADDABLE, dims);
    }

    /** As {@link #array}, with the ends of the range among the special numbers. */
    FloatArray anything(int... dims) {
        return laidOut(false, SPECIALS.length, dims);
    }

    /** As {@link #array}, above zero where the numbers are not special. */
    FloatArray positive(int... dims) {
        return laidOut(true, ADDABLE, dims);
    }

    /** Of usual size in every trial, dense. */
    FloatArray usual(int... dims) {
        return FloatArray.randn(random(), dims);
    }

    /** A gradient or a direction: dense, of usual size, with a few specials where the operands have them. */
    FloatArray upstream(Shape shape) {
        Random random = random();
        float[] elements = new float[shape.size()];
        for (int i = 0; i < elements.length; i++) {
            boolean special = numbers == Numbers.SPECIAL && random.nextInt(8) == 0;
            elements[i] = special ? SPECIALS[random.nextInt(5)] : (float) random.nextGaussian();
        }
        return FloatArray.wrap(elements, shape);
    }

    private Random random() {
        return new Random(below(Integer.MAX_VALUE));
    }

    private float element(Random random, boolean positive, int specials) {
        if (numbers == Numbers.SPECIAL && random.nextInt(3) == 0) {
            return SPECIALS[random.nextInt(specials)];
        }
        float element = switch (numbers) {
            case TIES -> (random.nextInt(9) - 4) / 2f * (random.nextBoolean() ? 1 : -1);
            case WIDE -> (float) Math.scalb(random.nextGaussian(), random.nextInt(81) - 40);
            default -> (float) (random.nextGaussian() * (random.nextInt(4) == 0 ? 8 : 1));
        };
        return positive ? Math.abs(element) : element;
    }

    // ---- views

    /** An array that is dense, or has its dimensions in another order in storage, or gaps, or repeats itself. */
    private FloatArray laidOut(boolean positive, int specials, int... dims) {
        int rank = dims.length;
        return switch (below(6)) {
            case 1 -> {
                int[] order = permutation(rank);
                int[] stored = new int[rank];
                for (int i = 0; i < rank; i++) {
                    stored[order[i]] = dims[i];
                }
                yield dense(positive, specials, stored).transpose(order);
            }
            case 2 -> {
                int[] stored = Arrays.stream(dims).map(dim -> 2 * dim + 1).toArray();
                Index[] steps = Arrays.stream(dims)
                        .mapToObj(dim -> Index.range(1, 2 * dim + 1, 2))
                        .toArray(Index[]::new);
                yield dense(positive, specials, stored).slice(steps);
            }
            case 3 -> {
                int[] stored = dims.clone();
                if (rank > 0) {
                    stored[below(rank)] = 1;
                }
                yield dense(positive, specials, stored).expand(Shape.of(dims));
            }
            default -> dense(positive, specials, dims);
        };
    }

    private FloatArray dense(boolean positive, int specials, int... dims) {
        Random random = random();
        Shape shape = Shape.of(dims);
        float[] elements = new float[shape.size()];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = element(random, positive, specials);
        }
        return FloatArray.wrap(elements, shape);
    }
}
