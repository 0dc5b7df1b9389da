package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

/** Operands that lie in any way, larger than one tile and of awkward sizes: the bits are those of dense operands. */
class WalkTest {

    /** Around the side of a transposed block, a row worth a run, a tile's rows, and a tile's columns. */
    private static final int[][] SHAPES = {
        {1, 70},
        {70, 1},
        {3, 5},
        {15, 17},
        {16, 16},
        {17, 65},
        {63, 64},
        {64, 63},
        {100, 100},
        {131, 47},
        {70, 4099},
        {4099, 70},
        {2000, 3},
        {3, 2000},
        {2, 40, 70},
        {3, 70, 40}
    };

    private static final Random RANDOM = new Random(5);

    /** Views of the shape, or what broadcasts to it. */
    private static Map<String, FloatArray> operands(int... dims) {
        int rank = dims.length;
        int m = dims[rank - 2];
        int n = dims[rank - 1];
        Map<String, FloatArray> all = new LinkedHashMap<>();
        all.put("dense", random(dims, m, n));
        int[] swapped = rank == 2 ? new int[] {1, 0} : new int[] {0, 2, 1};
        all.put("transposed", random(dims, n, m).transpose(swapped));
        all.put("part of a transpose", cut(random(dims, n + 3, m + 5).transpose(swapped), m, n, 1));
        all.put("column range", cut(random(dims, m, n + 9), m, n, 1));
        all.put("every second row", cut(random(dims, 2 * m, n), m, n, 2));
        all.put("a row", random(dims, 1, n));
        all.put("a column", random(dims, m, 1));
        all.put("a matrix", FloatArray.randn(RANDOM, m, n));
        all.put("a transposed matrix", FloatArray.randn(RANDOM, n, m).t());
        all.put(
                "every second column",
                random(dims, m, 2 * n).slice(leading(rank, Index.all(), Index.range(0, 2 * n, 2))));
        all.put(
                "every second number of a row",
                FloatArray.randn(RANDOM, 1, 2 * n).slice(Index.all(), Index.range(0, 2 * n, 2)));
        if (rank == 3) {
            all.put("all turned round", FloatArray.randn(RANDOM, n, m, dims[0]).transpose());
        }
        return all;
    }

    private static FloatArray random(int[] dims, int m, int n) {
        return dims.length == 2 ? FloatArray.randn(RANDOM, m, n) : FloatArray.randn(RANDOM, dims[0], m, n);
    }

    private static FloatArray cut(FloatArray x, int m, int n, int step) {
        int from = step == 1 ? x.shape().dim(-1) - n : 0;
        return x.slice(leading(x.rank(), Index.range(0, step * m, step), Index.range(from, from + n)));
    }

    private static Index[] leading(int rank, Index rows, Index columns) {
        return rank == 2 ? new Index[] {rows, columns} : new Index[] {Index.all(), rows, columns};
    }

    private static void eachPair(BinaryOperator<FloatArray> op) {
        for (int[] dims : SHAPES) {
            Shape shape = Shape.of(dims);
            operands(dims)
                    .forEach((first, a) -> operands(dims).forEach((second, b) -> {
                        FloatArray wanted =
                                a.expand(shape).copy().sub(b.expand(shape).copy());
                        // where both are repeated, the result is smaller
                        FloatArray got = op.apply(a, b).expand(shape);
                        assertEquals(wanted, got, () -> shape + ": " + first + " and " + second);
                    }));
        }
    }

    @Test
    void anyTwoOperands() {
        eachPair(FloatArray::sub);
    }

    @Test
    void storageOfARunBeforeIsWrittenAnew() {
        Workspace workspace = new Workspace();
        eachPair((a, b) -> {
            workspace.run(() -> a.sub(b));
            workspace.spoil();
            return workspace.call(() -> a.sub(b).copy());
        });
    }

    @Test
    void termsAreAddedToTheBufferOfASum() {
        for (int[] dims : SHAPES) {
            Shape shape = Shape.of(dims);
            operands(dims).forEach((name, term) -> {
                FloatArray whole = term.expand(shape);
                FloatArray first = FloatArray.randn(RANDOM, dims);
                FloatArray second = FloatArray.randn(RANDOM, dims);
                Accumulator sum = new Accumulator(first);
                sum.add(second);
                sum.add(whole);
                assertEquals(first.add(second).add(whole.copy()), sum.value(), () -> shape + ": " + name);
            });
        }
    }

    @Test
    void oneOperand() {
        for (int[] dims : SHAPES) {
            operands(dims).forEach((name, x) -> {
                FloatArray dense = x.copy();
                assertEquals(dense.relu(), x.relu(), () -> x.shape() + ": " + name);
                FloatArray whole = x.expand(Shape.of(dims));
                assertEquals(whole.copy().exp(), whole.exp(), () -> x.shape() + ", repeated: " + name);
                assertEquals(dense.mul(3), x.mul(3), () -> x.shape() + ", times 3: " + name);
            });
        }
    }
}
