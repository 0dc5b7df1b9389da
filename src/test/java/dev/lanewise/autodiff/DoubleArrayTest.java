package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The oracle against numbers worked out by hand; {@link RulesTest} compares it with {@link FloatArray} everywhere. */
class DoubleArrayTest {

    private static DoubleArray array(int[] dims, double... data) {
        return new DoubleArray(Shape.of(dims), data);
    }

    private static int[] dims(int... dims) {
        return dims;
    }

    private static void assertIs(DoubleArray actual, int[] dims, double... data) {
        assertEquals(Shape.of(dims), actual.shape());
        assertArrayEquals(data, actual.toArray(), 1e-15);
    }

    private final DoubleArray matrix = array(dims(2, 3), 1, 2, 3, 4, 5, 6);

    @Test
    void arithmeticBroadcasts() {
        assertIs(matrix.add(array(dims(3), 10, 20, 30)), dims(2, 3), 11, 22, 33, 14, 25, 36);
        assertIs(matrix.sub(array(dims(2, 1), 1, 4)), dims(2, 3), 0, 1, 2, 0, 1, 2);
        assertIs(array(dims(2), 1, 2).mul(array(dims(2, 1), 3, 4)), dims(2, 2), 3, 6, 4, 8);
        assertIs(array(dims(2), 1, 9).where(array(dims(2), 0, 1), array(dims(), 5)), dims(2), 5, 9);
    }

    @Test
    void itIsNotRoundedToFloat() {
        DoubleArray x = array(dims(1), 1).add(array(dims(1), 1e-12));
        assertIs(x.gt(array(dims(1), 1)), dims(1), 1);
        assertIs(x.sub(array(dims(1), 1)), dims(1), 1.000088900582341e-12);
        assertEquals(FloatArray.of(1), x.value());
    }

    @Test
    void reductions() {
        assertIs(matrix.sum(), dims(), 21);
        assertIs(matrix.sum(0), dims(3), 5, 7, 9);
        assertIs(matrix.sum(true, -1), dims(2, 1), 6, 15);
        assertIs(matrix.max(1), dims(2), 3, 6);
        assertIs(matrix.min(true, 0), dims(1, 3), 1, 2, 3);
        assertIs(array(dims(2), 3, 4).norm(), dims(), 5);
        assertIs(array(dims(2), 1000, 1000).logSumExp(0), dims(), 1000 + Math.log(2));
        assertIs(array(dims(2), 0, Math.log(3)).softmax(0), dims(2), 0.25, 0.75);
        double infinite = Double.NEGATIVE_INFINITY;
        assertIs(array(dims(2), infinite, infinite).logSumExp(0), dims(), infinite);
    }

    @Test
    void shapes() {
        assertIs(matrix.t(), dims(3, 2), 1, 4, 2, 5, 3, 6);
        assertIs(matrix.reshape(3, -1), dims(3, 2), 1, 2, 3, 4, 5, 6);
        assertIs(matrix.unsqueeze(0).transpose(2, 0, 1), dims(3, 1, 2), 1, 4, 2, 5, 3, 6);
        assertIs(array(dims(1, 2), 1, 2).expand(2, 2), dims(2, 2), 1, 2, 1, 2);
        assertIs(matrix.sumTo(Shape.of(2, 1)), dims(2, 1), 6, 15);
    }

    @Test
    void moves() {
        assertIs(matrix.slice(Index.at(-1), Index.range(0, 3, 2)), dims(2), 4, 6);
        assertIs(matrix.slice(Index.all(), Index.range(-2, 9)), dims(2, 2), 2, 3, 5, 6);
        assertIs(array(dims(2), 7, 8).place(Shape.of(2, 2), Index.all(), Index.at(1)), dims(2, 2), 0, 7, 0, 8);
        assertIs(matrix.gather(1, 1), dims(2, 3), 4, 5, 6, 4, 5, 6);
        assertIs(array(dims(3), 1, 2, 4).scatterAdd(2, 1, 0, 1), dims(2), 2, 5);
        assertIs(matrix.append(1, List.of(array(dims(2, 1), 8, 9))), dims(2, 4), 1, 2, 3, 8, 4, 5, 6, 9);
    }

    @Test
    void products() {
        assertIs(matrix.mm(array(dims(3, 1), 1, 10, 100)), dims(2, 1), 321, 654);
        assertIs(matrix.matmul(array(dims(3), 1, 10, 100)), dims(2), 321, 654);
        assertIs(array(dims(2), 1, 10).matmul(matrix), dims(3), 41, 52, 63);
        assertIs(array(dims(2), 1, 10).dot(array(dims(2), 3, 4)), dims(), 43);
        assertIs(array(dims(2, 1, 1), 2, 3).matmul(array(dims(1, 2), 5, 7)), dims(2, 1, 2), 10, 14, 15, 21);
        assertIs(array(dims(1), 100).addmm(2, 1, array(dims(1, 1), 3), array(dims(1, 1), 4)), dims(1, 1), 212);
    }
}
