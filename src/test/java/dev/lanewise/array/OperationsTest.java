package dev.lanewise.array;

import static dev.lanewise.array.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** One small example of each operation that can be checked by eye, and what each refuses. */
class OperationsTest {

    private static final float INF = Float.POSITIVE_INFINITY;
    private static final FloatArray X = FloatArray.arange(6).reshape(2, 3);

    private static FloatArray vector(float... numbers) {
        return FloatArray.of(numbers);
    }

    private static FloatArray matrix(float[]... rows) {
        return FloatArray.of(rows);
    }

    private static float[] row(float... numbers) {
        return numbers;
    }

    // ---- elementwise

    @Test
    void broadcasting() {
        assertEquals(matrix(row(10, 21, 32), row(13, 24, 35)), X.add(vector(10, 20, 30)));
        assertEquals(matrix(row(0, 1, 2), row(-3, -4, -5)), X.mul(matrix(row(1), row(-1))));
        assertEquals(
                Shape.of(2, 0), FloatArray.zeros(2, 1).sub(FloatArray.zeros(0)).shape());
        assertRefused("add: 2x3 and 2 do not broadcast: lengths 3 and 2 differ", () -> X.add(vector(1, 2)));
        assertRefused("gt: 2x3 and 4x3 do not broadcast: lengths 2 and 4 differ", () -> X.gt(FloatArray.zeros(4, 3)));
        assertRefused("where: 2x3 and 2 do not broadcast: lengths 3 and 2 differ", () -> X.where(vector(1, 2), X));
    }

    @Test
    void scalarsOnEitherSide() {
        assertEquals(vector(3, 2, 1), vector(-2, -1, 0).rsub(1));
        assertEquals(vector(0, 1, 4), vector(0, 1, 2).pow(2));
        assertEquals(vector(1, 1, 1), vector(0, Float.NaN, INF).pow(0));
        assertEquals(vector(0, 0, 1), vector(0, Float.NaN, 2).ge(1));
        assertEquals(vector(1, 1, 0), vector(0, Float.NaN, 2).ne(2));
        assertEquals(vector(1, Float.NaN, 2), vector(0, Float.NaN, 2).maximum(1));
    }

    @Test
    void clampsToARange() {
        assertEquals(vector(-1, 0, 2, Float.NaN), vector(-9, 0, 9, Float.NaN).clamp(-1, 2));
        assertRefused("clamp: 2x3 from 2.0 to 1.0: no such range", () -> X.clamp(2, 1));
        assertRefused("clamp: 2x3 from NaN to 1.0: no such range", () -> X.clamp(Float.NaN, 1));
    }

    // ---- reductions

    @Test
    void sumsAndTheirKind() {
        assertEquals(FloatArray.scalar(15), X.sum());
        assertEquals(vector(3, 5, 7), X.sum(0));
        assertEquals(matrix(row(3), row(12)), X.sum(true, -1));
        assertEquals(vector(1, 4), X.mean(1));
        assertEquals(vector(2, 5), X.max(1));
        assertEquals(vector(0, 1, 2), X.min(0));
        assertEquals(vector(2.25f, 2.25f, 2.25f), X.var(0));
        assertEquals(FloatArray.scalar(5), vector(3, -4).norm());
        assertEquals(5, X.argmax());
        assertArrayEquals(new int[] {1, 1, 1}, X.argmax(0));
        assertArrayEquals(new int[] {1}, matrix(row(0, Float.NaN, 7)).argmax(1));
    }

    @Test
    void normsWhoseSquaresAreNoFloats() {
        FloatArray x = matrix(row(3e20f, 4e20f), row(3, 4), row(3e-30f, 4e-30f), row(0, 0), row(INF, 1), row(3e38f, 0));
        FloatArray expected = vector(5e20f, 5, 5e-30f, 0, INF, 3e38f);
        assertTrue(x.norm(1).closeTo(expected, 2e-7, 0), () -> x.norm(1).toString());
        assertEquals(x.norm(1), x.t().norm(0)); // by rows upon rows
        assertEquals(x.slice(Index.at(1)).norm(), x.norm(1).slice(Index.at(1))); // whatever else is computed
        assertEquals(
                vector(INF, Float.NaN),
                matrix(row(3e38f, 3e38f, 3e38f), row(INF, Float.NaN, 1)).norm(1));
        float least = Float.MIN_VALUE;
        assertEquals(vector(5 * least), matrix(row(3 * least, 4 * least)).norm(1));
        assertEquals(
                FloatArray.scalar(Float.MAX_VALUE), vector(Float.MAX_VALUE, 1).norm());
    }

    @Test
    void reductionsOfNothing() {
        FloatArray none = FloatArray.zeros(0, 3);
        assertEquals(vector(0, 0, 0), none.sum(0));
        assertEquals(FloatArray.scalar(0), none.sum());
        assertEquals(FloatArray.scalar(0), none.norm());
        assertTrue(Float.isNaN(none.mean().item()));
        assertTrue(Float.isNaN(none.var().item()));
        assertEquals(Shape.of(0), none.max(1).shape());
        assertEquals(vector(-INF, -INF, -INF), none.logSumExp(0));
        assertEquals(none, none.softmax(0));
        assertRefused("max: 0x3 has no elements to choose from", none::max);
        assertRefused("min: 0x3 has no elements to choose from", () -> none.min(0));
        assertRefused("argmax: 0x3 has no elements to choose from", none::argmax);
        assertRefused("argmax: 0x3 has nothing along axis 0", () -> none.argmax(0));
        assertEquals(0, none.argmax(1).length);
    }

    @Test
    void runningSums() {
        assertEquals(matrix(row(0, 1, 3), row(3, 7, 12)), X.cumsum(1));
        assertEquals(matrix(row(0, 1, 2), row(3, 5, 7)), X.cumsum(0));
        assertEquals(matrix(row(3, 3, 2), row(12, 9, 5)), X.cumsum(true, -1));
        assertEquals(
                vector(0, INF, Float.NaN, Float.NaN), vector(0, INF, -INF, 1).cumsum(0));
        assertEquals(vector(1e8f, 1e8f, 1e8f + 8), vector(1e8f, 2, 3).cumsum(0)); // floats there are 8 apart
        assertEquals(FloatArray.zeros(0, 3), FloatArray.zeros(0, 3).cumsum(0));
        assertRefused("cumsum: axis 2 is out of range for 2x3, of rank 2", () -> X.cumsum(2));
    }

    @Test
    void reductionsRefuseAxes() {
        assertRefused("sum: axis 2 is out of range for 2x3, of rank 2", () -> X.sum(2));
        assertRefused("sum: axis -3 is out of range for 2x3, of rank 2", () -> X.sum(0, -3));
        assertRefused("sum: axis 1 of 2x3 is named twice", () -> X.sum(1, -1));
        assertRefused("mean: axis 2 is out of range for 2x3, of rank 2", () -> X.mean(2));
        assertRefused("var: axis 2 is out of range for 2x3, of rank 2", () -> X.var(2));
        assertRefused("max: axis 2 is out of range for 2x3, of rank 2", () -> X.max(2));
        assertRefused("min: axis 2 is out of range for 2x3, of rank 2", () -> X.min(2));
        assertRefused("norm: axis 2 is out of range for 2x3, of rank 2", () -> X.norm(2));
        assertRefused("argmax: axis 2 is out of range for 2x3, of rank 2", () -> X.argmax(2));
        assertRefused("softmax: axis 2 is out of range for 2x3, of rank 2", () -> X.softmax(2));
        assertRefused("logSoftmax: axis -3 is out of range for 2x3, of rank 2", () -> X.logSoftmax(-3));
        assertRefused(
                "logSumExp: axis 0 is out of range for scalar, of rank 0",
                () -> FloatArray.scalar(1).logSumExp(0));
        assertRefused("sumTo: 2 does not broadcast to 2x3", () -> X.sumTo(Shape.of(2)));
    }

    @Test
    void softmaxIsStable() {
        FloatArray x = matrix(row(1000, 1000), row(-1000, -1000));
        assertEquals(FloatArray.full(.5f, 2, 2), x.softmax(1));
        assertTrue(x.logSumExp(1).closeTo(vector(1000.6931f, -999.3069f), 1e-7, 0));
        assertEquals(vector(0, 1), vector(-INF, 0).softmax(0));
    }

    // ---- shape

    @Test
    void slicing() {
        assertEquals(vector(3, 4, 5), X.slice(Index.at(1)));
        assertEquals(vector(2, 5), X.slice(Index.all(), Index.at(-1)));
        assertEquals(matrix(row(0, 2)), X.slice(Index.range(0, 1), Index.range(0, 3, 2)));
        assertEquals(matrix(row(1, 2), row(4, 5)), X.slice(Index.all(), Index.range(-2, Integer.MAX_VALUE)));
        assertEquals(Shape.of(2, 0), X.slice(Index.all(), Index.range(3, 9)).shape());
        assertEquals(X, X.slice());
        assertEquals(FloatArray.scalar(5), X.slice(Index.at(1), Index.at(2)));
        assertRefused("slice: 3 indices for 2x3, of rank 2", () -> X.slice(Index.all(), Index.all(), Index.all()));
        assertRefused("slice: position 2 is out of range for axis 0 of 2x3, of length 2", () -> X.slice(Index.at(2)));
        assertRefused("range: from 0 to 2 in steps of 0: a step is at least 1", () -> Index.range(0, 2, 0));
        assertRefused("range: from 0 to 2 in steps of -1: a step is at least 1", () -> Index.range(0, 2, -1));
    }

    @Test
    void placing() {
        assertEquals(matrix(row(0, 7, 0), row(0, 8, 0)), vector(7, 8).place(Shape.of(2, 3), Index.all(), Index.at(1)));
        assertRefused(
                "place: 3 into 2x3, where the indices choose 2",
                () -> vector(1, 2, 3).place(Shape.of(2, 3), Index.all(), Index.at(1)));
        assertRefused(
                "place: position 3 is out of range for axis 1 of 2x3, of length 3",
                () -> vector(7, 8).place(Shape.of(2, 3), Index.all(), Index.at(3)));
    }

    @Test
    void transposing() {
        assertEquals(matrix(row(0, 3), row(1, 4), row(2, 5)), X.t());
        assertEquals(X.t(), X.transpose());
        assertEquals(
                Shape.of(4, 2, 3), FloatArray.zeros(2, 3, 4).transpose(-1, 0, 1).shape());
        assertRefused(
                "t: 2x3x4 has rank 3, not 2", () -> FloatArray.zeros(2, 3, 4).t());
        assertRefused("transpose: order [0] has 1 axes and 2x3 has 2", () -> X.transpose(0));
        assertRefused("transpose: order [1, -1] names axis 1 of 2x3 twice", () -> X.transpose(1, -1));
        assertRefused("transpose: axis 2 is out of range for 2x3, of rank 2", () -> X.transpose(0, 2));
    }

    @Test
    void reshapingAndExpanding() {
        assertEquals(FloatArray.arange(6), X.reshape(-1));
        assertEquals(vector(0, 3, 1, 4, 2, 5), X.t().reshape(6));
        assertEquals(matrix(row(1, 2), row(1, 2)), vector(1, 2).expand(2, 2));
        assertRefused("reshape: 2x3 to 4: 6 elements do not fit", () -> X.reshape(4));
        assertRefused("reshape: 2x3 to 4: 6 elements do not fit", () -> X.reshape(Shape.of(4)));
        assertRefused("expand: 2x3 does not broadcast to 4x3", () -> X.expand(4, 3));
        assertRefused("expand: 2x3 does not broadcast to 3", () -> X.expand(3));
        assertRefused("squeeze: axis 0 of 2x3 has length 2, not 1", () -> X.squeeze(0));
        assertRefused("unsqueeze: axis 3 is out of range for 2x3, whose result has rank 3", () -> X.unsqueeze(3));
    }

    @Test
    void gatheringRows() {
        assertEquals(matrix(row(3, 4, 5), row(0, 1, 2), row(3, 4, 5)), X.gather(1, 0, 1));
        assertEquals(Shape.of(0, 3), X.gather().shape());
        assertEquals(matrix(row(0, 0, 0), row(3, 5, 7)), X.scatterAdd(2, 1, 1));
        assertRefused("gather: row 2 is out of range for 2x3", () -> X.gather(0, 2));
        assertRefused("gather: row -1 is out of range for 2x3", () -> X.gather(-1));
        assertRefused("gather: a scalar has no rows", () -> FloatArray.scalar(1).gather(0));
    }

    @Test
    void gatheringRowsByAnArray() {
        assertEquals(X.gather(1, 0, 1), X.gather(FloatArray.of(1, 0, 1)));
        assertEquals(X.gather(1, 0, 1, 1).reshape(2, 2, 3), X.gather(matrix(row(1, 0), row(1, 1))));
        assertEquals(X.slice(Index.at(1)), X.gather(FloatArray.scalar(1)), "one row");
        assertEquals(X.t().gather(2, 1), X.t().gather(FloatArray.of(2, 1)), "of a view");
        assertEquals(Shape.of(4, 0, 3), X.gather(FloatArray.zeros(4, 0)).shape());
        assertRefused(
                "gather: 2.0 in rows of shape 1 is not the number of a row of 2x3", () -> X.gather(FloatArray.of(2)));
        assertRefused(
                "gather: -1.0 in rows of shape 1 is not the number of a row of 2x3", () -> X.gather(FloatArray.of(-1)));
        assertRefused(
                "gather: 0.5 in rows of shape 1 is not the number of a row of 2x3",
                () -> X.gather(FloatArray.of(0.5f)));
        assertRefused("gather: a scalar has no rows", () -> FloatArray.scalar(1).gather(FloatArray.of(0)));
        assertRefused("scatterAdd: row 4 is out of range for 4x3", () -> X.scatterAdd(4, 0, 4));
        assertRefused("scatterAdd: 2x3 has 2 rows and 1 numbers are given", () -> X.scatterAdd(4, 0));
        assertRefused(
                "scatterAdd: 2x3 to rows -1: the result -1x3: length -1 is negative", () -> X.scatterAdd(-1, 0, 0));
    }

    @Test
    void joining() {
        assertEquals(vector(1, 2, 3), FloatArray.concat(0, vector(1), vector(), vector(2, 3)));
        assertEquals(matrix(row(1, 3), row(2, 4)), FloatArray.stack(1, vector(1, 2), vector(3, 4)));
        assertEquals(FloatArray.stack(0, X, X), ArrayOps.stack(0, List.of(X, X)));
        assertRefused("concat: no arrays", () -> FloatArray.concat(0));
        assertRefused("stack: no arrays", () -> FloatArray.stack(0));
        assertRefused("stack: shapes 2x3 and 3x2 differ", () -> FloatArray.stack(0, X, X.t()));
        assertRefused("concat: 2x3 and 3x2 differ off axis 0", () -> FloatArray.concat(0, X, X.t()));
        assertRefused("concat: 2x3 and 6 differ off axis 1", () -> FloatArray.concat(1, X, X.reshape(6)));
        assertRefused("concat: axis 2 is out of range for 2x3, of rank 2", () -> FloatArray.concat(2, X, X));
        assertRefused(
                "concat: axis 0 is out of range for scalar, of rank 0",
                () -> FloatArray.concat(0, FloatArray.scalar(1)));
    }

    // ---- products

    @Test
    void products() {
        FloatArray y = matrix(row(1, 0), row(0, 1), row(1, 1));
        assertEquals(matrix(row(2, 3), row(8, 9)), X.matmul(y));
        assertEquals(matrix(row(2, 3), row(8, 9)), X.mm(y));
        assertEquals(vector(8, 26), X.matmul(vector(1, 2, 3)));
        assertEquals(vector(3, 4, 5), vector(0, 1).matmul(X));
        assertEquals(FloatArray.scalar(11), vector(1, 2).dot(vector(3, 4)));
        assertEquals(FloatArray.scalar(11), vector(1, 2).matmul(vector(3, 4)));
        assertEquals(Shape.of(5, 2, 2), X.expand(5, 2, 3).bmm(y.expand(5, 3, 2)).shape());
    }

    @Test
    void productsRefuse() {
        FloatArray batch = FloatArray.zeros(2, 3, 4);
        assertRefused("matmul: 2x3 by 2x3: inner sizes 3 and 2 differ", () -> X.matmul(X));
        assertRefused("matmul: 2x3 by 2: inner sizes 3 and 2 differ", () -> X.matmul(vector(1, 2)));
        assertRefused(
                "matmul: 3 by 2x3: inner sizes 3 and 2 differ",
                () -> vector(1, 2, 3).matmul(X));
        assertRefused(
                "matmul: 1 by 2: inner sizes 1 and 2 differ", () -> vector(1).matmul(vector(1, 2)));
        assertRefused(
                "matmul: scalar by 2x3: a scalar is no matrix",
                () -> FloatArray.scalar(1).matmul(X));
        assertRefused(
                "matmul: 2x3x4 by 3x4x5: batches 2 and 3 do not broadcast",
                () -> batch.matmul(FloatArray.zeros(3, 4, 5)));
        assertRefused("dot: 1 by 2: inner sizes 1 and 2 differ", () -> vector(1).dot(vector(1, 2)));
        assertRefused("dot: 2x3 by 3: ranks 2 and 1, not 1 and 1", () -> X.dot(vector(1, 2, 3)));
        assertRefused("mm: 2x3x4 by 2x3: ranks 3 and 2, not 2 and 2", () -> batch.mm(X));
        assertRefused("bmm: 2x3x4 by 2x3: ranks 3 and 2, not 3 and 3", () -> batch.bmm(X));
        assertRefused("bmm: 2x3x4 by 3x4x5: batches of 2 and 3 differ", () -> batch.bmm(FloatArray.zeros(3, 4, 5)));
        assertRefused("bmm: 2x3x4 by 2x3x4: inner sizes 4 and 3 differ", () -> batch.bmm(batch));
        assertRefused("linear: 2x3 by 2x3: inner sizes 3 and 2 differ", () -> X.linear(X, FloatArray.zeros(3)));
        assertRefused("addmm: 2x3 by 2x3: inner sizes 3 and 2 differ", () -> X.addmm(X, X));
        assertRefused("addmm: 2x3 does not broadcast to 2x2", () -> X.addmm(X, X.t()));
        assertRefused("addbmm: 2x3 does not broadcast to 3x3", () -> X.addbmm(batch, batch.transpose(0, 2, 1)));
        assertRefused("baddbmm: 2x3 does not broadcast to 2x3x3", () -> X.baddbmm(batch, batch.transpose(0, 2, 1)));
        assertRefused("addbmm: 2x3x4 by 2x3x4: inner sizes 4 and 3 differ", () -> X.addbmm(batch, batch));
    }

    @Test
    void additionIsIgnoredWhereBetaIsZero() {
        FloatArray nan = FloatArray.full(Float.NaN, 2, 2);
        assertEquals(X.mm(X.t()).mul(2), nan.addmm(0, 2, X, X.t()));
        FloatArray batch = FloatArray.stack(0, X, X);
        FloatArray turned = batch.transpose(0, 2, 1);
        assertEquals(batch.bmm(turned), nan.baddbmm(0, 1, batch, turned));
        assertEquals(batch.bmm(turned).sum(0), nan.addbmm(0, 1, batch, turned));
        assertRefused(
                "addmm: 3x3 does not broadcast to 2x2",
                () -> FloatArray.zeros(3, 3).addmm(0, 1, X, X.t()));
    }

    /** The interface's own definitions, which arrays with derivatives use, say the same as the kernels' beta and alpha. */
    @Test
    void productsWithAdditionAgreeWithTheirDefinition() {
        FloatArray m = FloatArray.of(.5f, -1);
        FloatArray product = X.mm(X.t());
        assertEquals(product.mul(2).add(m.mul(3)), m.addmm(3, 2, X, X.t()));
        assertEquals(product.add(m), m.addmm(X, X.t()));
    }

    // ---- sums that grow

    @Test
    void accumulatesInPlaceOnceItHasABufferOfItsOwn() {
        Accumulator sum = new Accumulator(vector(1, 2));
        sum.add(vector(1, 2));
        float[] buffer = sum.sum.storage();
        sum.add(vector(1, 2));
        assertSame(buffer, sum.sum.storage());
        assertEquals(vector(3, 6), sum.value());
    }

    @Test
    void accumulatesWithoutTouchingWhatIsShared() {
        FloatArray first = vector(1, 2);
        Accumulator sum = new Accumulator(first);
        assertSame(first, sum.value(), "one term is kept as it is");
        sum.add(vector(10, 20));
        sum.add(FloatArray.scalar(100).expand(2));
        FloatArray given = sum.value();
        assertEquals(vector(111, 122), given);
        sum.add(first);
        assertEquals(vector(112, 124), sum.value());
        assertEquals(vector(111, 122), given, "what was given out stays");
        assertEquals(vector(1, 2), first);
        assertRefused("accumulate: shapes 2 and 3 differ", () -> sum.add(vector(1, 2, 3)));
        assertThrows(IllegalArgumentException.class, () -> sum.add(FloatArray.scalar(1)));
    }

    @Test
    void outerIsRefusedInItsOwnName() {
        FloatArray many = FloatArray.scalar(1).expand(65536);
        assertRefused(
                "outer: 65536 by 65536: the result 65536x65536 has more elements than an array can hold, 2147483647",
                () -> many.outer(many));
    }

    @Test
    void anOperandThatIsNullIsSaidSo() {
        FloatArray none = null;
        Map<String, Executable> calls = Map.ofEntries(
                Map.entry("add: an operand is null", () -> X.add(none)),
                Map.entry("where: an operand is null", () -> X.where(X, none)),
                Map.entry("matmul: an operand is null", () -> X.matmul(none)),
                Map.entry("mm: an operand is null", () -> X.mm(none)),
                Map.entry("addmm: an operand is null", () -> X.addmm(X, none)),
                Map.entry("outer: an operand is null", () -> FloatArray.ones(2).outer(none)),
                Map.entry("conv2d: an operand is null", () -> X.conv2d(none, Window.of(1, 1))),
                Map.entry("layerNorm: an operand is null", () -> X.layerNorm(X, none, 0, 1)),
                Map.entry("crossEntropy: an operand is null", () -> X.crossEntropy(null)),
                Map.entry("crossEntropyGradient: an operand is null", () -> X.crossEntropyGradient(none, 0, 1)),
                Map.entry("concat: an operand is null", () -> ArrayOps.concat(0, Arrays.asList(X, none))),
                Map.entry("stack: an operand is null", () -> ArrayOps.stack(0, Arrays.asList(X, none))),
                Map.entry("einsum: an operand is null", () -> ArrayOps.einsum("ij,jk->ik", X, none)),
                Map.entry("slice: index 1 of 2x3 is null", () -> X.slice(Index.at(0), null)));
        calls.forEach((sentence, call) -> assertEquals(
                sentence, assertThrows(NullPointerException.class, call).getMessage()));
    }
}
