package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.Operand.Numbers;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Reductions over any axes against plain loops, for operands in every guise. */
class ReductionsPropertyTest {

    /** An operand, some of its axes, and how a reduction over them is asked for. */
    private static final class Case {
        final Operand x;
        final boolean[] reduced;
        final int[] axes;
        final boolean keep;
        final double count;

        Case(long seed, Numbers numbers) {
            Random random = new Random(seed);
            this.x = Operand.of(random, numbers, Operand.dims(random, 0, 5));
            boolean[] some = Operand.axes(random, x.ref().rank());
            this.axes = Operand.named(random, some);
            this.reduced = axes.length > 0 ? some : all(x.ref().rank());
            this.keep = random.nextBoolean();
            double product = 1;
            for (int axis = 0; axis < reduced.length; axis++) {
                product *= reduced[axis] ? x.ref().dims[axis] : 1;
            }
            this.count = product;
        }

        Ref fold(double start, DoubleBinaryOperator op) {
            return x.ref().fold(reduced, start, op);
        }

        Ref squaresFrom(Ref center) {
            return Ref.zip((a, b) -> (a - b) * (a - b), x.ref(), center).fold(reduced, 0, Double::sum);
        }

        void check(Ref expected, FloatArray actual, double relative) {
            (keep ? expected : expected.drop(reduced)).check(actual, relative);
        }
    }

    private static boolean[] all(int rank) {
        boolean[] all = new boolean[rank];
        Arrays.fill(all, true);
        return all;
    }

    @Property(tries = 1000)
    void sums(@ForAll long seed) {
        Case c = new Case(seed, Numbers.SPECIAL);
        c.check(c.fold(0, Double::sum), c.x.array().sum(c.keep, c.axes), 0);
    }

    @Property(tries = 300)
    void means(@ForAll long seed) {
        Case c = new Case(seed, Numbers.SPECIAL);
        c.check(c.fold(0, Double::sum).map(sum -> sum / c.count), c.x.array().mean(c.keep, c.axes), 0);
    }

    @Property(tries = 500)
    void extremes(@ForAll long seed) {
        Case c = new Case(seed, Numbers.SPECIAL);
        FloatArray x = c.x.array();
        Ref largest = c.fold(Double.NEGATIVE_INFINITY, Math::max);
        if (c.count == 0 && largest.at.length > 0) {
            assertThrows(IllegalArgumentException.class, () -> x.max(c.keep, c.axes));
            assertThrows(IllegalArgumentException.class, () -> x.min(c.keep, c.axes));
        } else {
            c.check(largest, x.max(c.keep, c.axes), 0);
            c.check(c.fold(Double.POSITIVE_INFINITY, Math::min), x.min(c.keep, c.axes), 0);
        }
    }

    @Property(tries = 300)
    void variances(@ForAll long seed) {
        Case c = new Case(seed, Numbers.EXACT);
        Ref mean = c.fold(0, Double::sum).map(sum -> sum / c.count);
        c.check(c.squaresFrom(mean).map(sum -> sum / c.count), c.x.array().var(c.keep, c.axes), 2e-6);
    }

    @Property(tries = 300)
    void norms(@ForAll long seed) {
        Case c = new Case(seed, Numbers.SPECIAL);
        Ref zero = c.fold(0, (a, b) -> 0);
        c.check(c.squaresFrom(zero).map(Math::sqrt), c.x.array().norm(c.keep, c.axes), 1e-7);
    }

    @Property(tries = 300)
    void withoutKeepDimsAndAxesIsTheWhole(@ForAll long seed) {
        Random random = new Random(seed);
        Operand x = Operand.of(random, Numbers.EXACT, Operand.dims(random, 0, 4));
        double sum = Arrays.stream(x.ref().at).sum();
        assertEquals((float) sum, x.array().sum().item());
        assertEquals((float) (sum / x.ref().at.length), x.array().mean().item());
    }

    @Property(tries = 300)
    void largestPlaces(@ForAll long seed) {
        Random random = new Random(seed);
        Operand x = Operand.of(random, Numbers.SPECIAL, Operand.dims(random, 1, 4));
        int axis = random.nextInt(x.ref().rank());
        int named = random.nextBoolean() ? axis : axis - x.ref().rank();
        boolean[] reduced = new boolean[x.ref().rank()];
        reduced[axis] = true;
        Ref first = x.ref().fold(reduced, Double.NaN, (a, b) -> 0);
        if (x.ref().dims[axis] == 0 && first.at.length > 0) {
            assertThrows(IllegalArgumentException.class, () -> x.array().argmax(named));
            return;
        }
        Ref best = Ref.fill(first.dims, i -> {
            int at = 0;
            for (int k = 1; k < x.ref().dims[axis]; k++) {
                if (larger(element(x, i, axis, k), element(x, i, axis, at))) {
                    at = k;
                }
            }
            return at;
        });
        assertArrayEquals(
                Arrays.stream(best.at).mapToInt(at -> (int) at).toArray(),
                x.array().argmax(named));
        if (x.ref().at.length > 0) {
            int whole = 0;
            for (int k = 1; k < x.ref().at.length; k++) {
                whole = larger(x.ref().at[k], x.ref().at[whole]) ? k : whole;
            }
            assertEquals(whole, x.array().argmax());
        }
    }

    private static double element(Operand x, int[] index, int axis, int k) {
        int[] at = index.clone();
        at[axis] = k;
        return x.ref().get(at);
    }

    /** NaN is larger than all numbers, and not than itself. */
    private static boolean larger(double a, double b) {
        return Double.isNaN(a) ? !Double.isNaN(b) : a > b;
    }

    @Property(tries = 300)
    void softmaxFamily(@ForAll long seed) {
        Random random = new Random(seed);
        Operand drawn = Operand.of(random, Numbers.EXACT, Operand.dims(random, 1, 4));
        // Far from zero, where e^x itself overflows or vanishes.
        float shift = random.nextInt(3) * 200 - 200;
        FloatArray x = drawn.array().add(shift).expand(drawn.array().shape());
        Ref ref = drawn.ref().map(a -> a + shift);
        int rank = ref.rank();
        int axis = random.nextInt(rank);
        int named = random.nextBoolean() ? axis : axis - rank;
        boolean[] reduced = new boolean[rank];
        reduced[axis] = true;
        Ref sums = Ref.fill(ref.dims, i -> Math.exp(drawn.ref().get(i))).fold(reduced, 0, Double::sum);
        Ref logSums = sums.map(sum -> Math.log(sum) + shift);
        Ref.zip((a, b) -> a - b, ref, logSums).map(Math::exp).check(x.softmax(named), 1e-6);
        Ref.zip((a, b) -> a - b, ref, logSums).check(x.logSoftmax(named), 1e-6);
        boolean keep = random.nextBoolean();
        (keep ? logSums : logSums.drop(reduced)).check(x.logSumExp(keep, named), 1e-6);
        // The same of the operand in its own guise, so that strided storage is met too.
        FloatArray guise = drawn.array();
        assertEquals(FloatArray.wrap(guise.toArray(), guise.shape()).softmax(named), guise.softmax(named));
        assertEquals(FloatArray.wrap(guise.toArray(), guise.shape()).logSoftmax(named), guise.logSoftmax(named));
        assertEquals(FloatArray.wrap(guise.toArray(), guise.shape()).logSumExp(named), guise.logSumExp(named));
    }

    /** The bits of a sum follow from the shape and the elements, not from how an operand lies in storage. */
    @Property(tries = 300)
    void guisesHaveTheSameBits(@ForAll long seed) {
        Random random = new Random(seed);
        Operand drawn = Operand.of(random, Numbers.EXACT, Operand.dims(random, 1, 4));
        FloatArray thirds = drawn.array().div(3);
        int[] order = Operand.shuffled(random, thirds.rank());
        int[] back = new int[order.length];
        for (int i = 0; i < order.length; i++) {
            back[order[i]] = i;
        }
        FloatArray dense = thirds.transpose(order);
        FloatArray view = FloatArray.wrap(dense.toArray(), dense.shape()).transpose(back);
        int[] axes = Operand.named(random, Operand.axes(random, thirds.rank()));
        assertEquals(thirds.sum(axes), view.sum(axes));
        assertEquals(thirds.var(axes), view.var(axes));
        assertEquals(thirds.norm(axes), view.norm(axes));
    }

    @Property(tries = 500)
    void runningSums(@ForAll long seed) {
        Random random = new Random(seed);
        Operand x = Operand.of(random, Numbers.SPECIAL, Operand.dims(random, 1, 4));
        int axis = random.nextInt(x.ref().rank());
        boolean fromEnd = random.nextBoolean();
        Ref expected = Ref.fill(x.ref().dims, index -> {
            double sum = 0;
            int last = fromEnd ? x.ref().dims[axis] - 1 : index[axis];
            for (int i = fromEnd ? index[axis] : 0; i <= last; i++) {
                int[] from = index.clone();
                from[axis] = i;
                sum += x.ref().get(from);
            }
            return sum;
        });
        expected.check(
                x.array()
                        .cumsum(
                                fromEnd,
                                random.nextBoolean() ? axis : axis - x.ref().rank()),
                0);
    }
}
