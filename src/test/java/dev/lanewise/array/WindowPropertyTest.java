package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.Operand.Numbers;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What slides over the last two dimensions, against the loops that define it, for operands in every guise. */
class WindowPropertyTest {

    /** A window and the lengths of an array that it fits over. */
    private static final class Case {
        final Random random;
        final Window window;
        final int[] lead;
        final int height;
        final int width;
        final int down;
        final int right;

        Case(long seed, int leadRank) {
            this.random = new Random(seed);
            this.window = Window.of(1 + random.nextInt(3), 1 + random.nextInt(3))
                    .stride(1 + random.nextInt(3), 1 + random.nextInt(3))
                    .padding(random.nextInt(3), random.nextInt(3))
                    .dilation(1 + random.nextInt(2), 1 + random.nextInt(2));
            this.lead = new int[leadRank];
            Arrays.setAll(lead, i -> random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(3));
            this.height = fitting(window.rows());
            this.width = fitting(window.columns());
            this.down = places(window.rows(), height);
            this.right = places(window.columns(), width);
        }

        private int fitting(Window.Span span) {
            int reach = span.dilation() * (span.length() - 1) + 1;
            return Math.max(0, reach - 2 * span.padding()) + random.nextInt(random.nextInt(4) == 0 ? 40 : 6);
        }

        private static int places(Window.Span span, int n) {
            int count = 0;
            for (int end = -span.padding() + span.dilation() * (span.length() - 1);
                    end < n + span.padding();
                    end += span.stride()) {
                count++;
            }
            return count;
        }

        int[] dims(int... last) {
            int[] dims = Arrays.copyOf(lead, lead.length + last.length);
            System.arraycopy(last, 0, dims, lead.length, last.length);
            return dims;
        }

        int row(int place, int own) {
            return place * window.rows().stride()
                    + own * window.rows().dilation()
                    - window.rows().padding();
        }

        int column(int place, int own) {
            return place * window.columns().stride()
                    + own * window.columns().dilation()
                    - window.columns().padding();
        }

        boolean isInside(int row, int column) {
            return row >= 0 && row < height && column >= 0 && column < width;
        }

        /** What the window sees with one of its positions, the index being that of an unfolded array. */
        double seen(Ref x, int[] unfolded) {
            int n = unfolded.length - 4;
            int[] index = Arrays.copyOf(unfolded, n + 2);
            index[n] = row(unfolded[n + 2], unfolded[n]);
            index[n + 1] = column(unfolded[n + 3], unfolded[n + 1]);
            return isInside(index[n], index[n + 1]) ? x.get(index) : 0;
        }

        int[] unfoldedDims() {
            return dims(window.rows().length(), window.columns().length(), down, right);
        }
    }

    @Property(tries = 500)
    void unfolding(@ForAll long seed) {
        Case c = new Case(seed, new Random(seed).nextInt(3));
        Operand x = Operand.of(c.random, Numbers.SPECIAL, c.dims(c.height, c.width));
        Ref expected = Ref.fill(c.unfoldedDims(), index -> c.seen(x.ref(), index));
        FloatArray unfolded = x.array().unfold(c.window);
        expected.check(unfolded, 0);
        assertEquals(
                unfolded.sum(-1),
                FloatArray.wrap(unfolded.toArray(), unfolded.shape()).sum(-1)); // a view computes
    }

    @Property(tries = 500)
    void folding(@ForAll long seed) {
        Case c = new Case(seed, new Random(seed).nextInt(3));
        Operand x = Operand.of(c.random, Numbers.SPECIAL, c.unfoldedDims());
        Ref expected = Ref.fill(c.dims(c.height, c.width), index -> 0);
        Ref.forEach(x.ref().dims, index -> {
            int n = index.length - 4;
            int[] target = Arrays.copyOf(index, n + 2);
            target[n] = c.row(index[n + 2], index[n]);
            target[n + 1] = c.column(index[n + 3], index[n + 1]);
            if (c.isInside(target[n], target[n + 1])) {
                expected.at[expected.place(target)] += x.ref().get(index);
            }
        });
        expected.check(x.array().fold(c.height, c.width, c.window), 0);
    }

    @Property(tries = 500)
    void convolution(@ForAll long seed) {
        Case c = new Case(seed, 1);
        int groups = 1 + c.random.nextInt(3);
        int ofGroup = c.random.nextInt(8) == 0 ? 0 : 1 + c.random.nextInt(3);
        int filters = groups * (c.random.nextInt(8) == 0 ? 0 : 1 + c.random.nextInt(3));
        Operand x = Operand.of(c.random, Numbers.EXACT, c.dims(groups * ofGroup, c.height, c.width));
        int rows = c.window.rows().length();
        int columns = c.window.columns().length();
        Operand f = Operand.of(c.random, Numbers.EXACT, filters, ofGroup, rows, columns);
        Ref expected = Ref.fill(c.dims(filters, c.down, c.right), index -> {
            int firstChannel = index[1] / (filters / groups) * ofGroup;
            double sum = 0;
            for (int channel = 0; channel < ofGroup; channel++) {
                for (int i = 0; i < rows; i++) {
                    for (int j = 0; j < columns; j++) {
                        int row = c.row(index[2], i);
                        int column = c.column(index[3], j);
                        if (c.isInside(row, column)) {
                            sum += f.ref().get(index[1], channel, i, j)
                                    * x.ref().get(index[0], firstChannel + channel, row, column);
                        }
                    }
                }
            }
            return sum;
        });
        expected.check(x.array().conv2d(f.array(), c.window, groups), 0);
        if (groups == 1) {
            expected.check(x.array().conv2d(f.array(), c.window), 0);
        }
    }

    @Property(tries = 500)
    void pooling(@ForAll long seed) {
        Case c = new Case(seed, new Random(seed).nextInt(3));
        Operand x = Operand.of(c.random, Numbers.SPECIAL, c.dims(c.height, c.width));
        int rows = c.window.rows().length();
        int columns = c.window.columns().length();
        boolean[] seesNothing = new boolean[1];
        Ref largest = Ref.fill(c.dims(c.down, c.right), index -> {
            double best = Double.NEGATIVE_INFINITY;
            int seen = 0;
            for (int at = 0; at < rows * columns; at++) {
                int[] source = index.clone();
                source[index.length - 2] = c.row(index[index.length - 2], at / columns);
                source[index.length - 1] = c.column(index[index.length - 1], at % columns);
                if (c.isInside(source[index.length - 2], source[index.length - 1])) {
                    best = Math.max(best, x.ref().get(source));
                    seen++;
                }
            }
            seesNothing[0] |= seen == 0;
            return best;
        });
        if (seesNothing[0]) {
            assertThrows(IllegalArgumentException.class, () -> x.array().maxPool2d(c.window));
        } else {
            largest.check(x.array().maxPool2d(c.window), 0);
        }
        boolean[] own = new boolean[c.lead.length + 4];
        own[c.lead.length] = true;
        own[c.lead.length + 1] = true;
        Ref.fill(c.unfoldedDims(), index -> c.seen(x.ref(), index))
                .fold(own, 0, Double::sum)
                .drop(own)
                .map(sum -> sum / (rows * columns))
                .check(x.array().avgPool2d(c.window), 1e-6);
    }
}
