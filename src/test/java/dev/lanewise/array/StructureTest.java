package dev.lanewise.array;

import static dev.lanewise.array.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** As {@link OperationsTest}, for what orders elements, surrounds them and combines them by their places. */
class StructureTest {

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

    @Test
    void sorting() {
        FloatArray x = vector(2, Float.NaN, -1, 2, -INF, 0, -0f);
        assertEquals(vector(-INF, -1, 0, -0f, 2, 2, Float.NaN), x.sort(0));
        assertEquals(vector(Float.NaN, 2, 2, 0, -0f, -1, -INF), x.sort(true, 0));
        assertArrayEquals(new int[] {4, 2, 5, 6, 0, 3, 1}, x.argsort(0));
        assertArrayEquals(new int[] {1, 0, 3, 5, 6, 2, 4}, x.argsort(true, 0));
        assertEquals(vector(Float.NaN, 2), x.topk(2, 0));
        assertArrayEquals(new int[] {1, 0, 3}, x.argtopk(3, -1));
        FloatArray y = matrix(row(3, 1, 2), row(0, 4, -1));
        assertEquals(matrix(row(0, 1, -1), row(3, 4, 2)), y.sort(0));
        assertArrayEquals(new int[] {0, 1, 0}, y.argtopk(1, 0));
        assertArrayEquals(new int[] {1, 0, 1, 0, 1, 0}, y.argsort(0));
        assertEquals(matrix(row(3, 2), row(4, 0)), y.topk(2, 1));
        assertEquals(FloatArray.zeros(0, 3), FloatArray.zeros(0, 3).sort(1));
        assertEquals(FloatArray.zeros(2, 0), y.topk(0, 1));
        assertRefused("argsort: axis 2 is out of range for 2x3, of rank 2", () -> y.argsort(2));
        assertRefused("sort: axis 2 is out of range for 2x3, of rank 2", () -> y.sort(2));
        assertRefused("topk: axis -3 is out of range for 2x3, of rank 2", () -> y.topk(1, -3));
        assertRefused("topk: 4 of the 3 elements along axis -1 of 2x3: there are not so many", () -> y.topk(4, -1));
        assertRefused(
                "argtopk: -1 of the 2 elements along axis 0 of 2x3: there are not so many", () -> y.argtopk(-1, 0));
    }

    @Test
    void gatheringAlongAnAxis() {
        assertEquals(matrix(row(2, 0), row(4, 4)), X.gatherAlong(1, 2, 2, 0, 1, 1));
        assertEquals(matrix(row(3, 1, 2)), X.gatherAlong(0, 1, 1, 0, 0));
        assertEquals(matrix(row(1, 0, 3), row(0, 2, 0)), matrix(row(1, 2, 3)).scatterAddAlong(0, 2, 0, 1, 0));
        assertEquals(matrix(row(0, 3), row(3, 9)), X.scatterAddAlong(1, 2, 0, 1, 1, 0, 1, 1));
        assertRefused(
                "gatherAlong: 2x3 to 2x1: position 3 is out of range along axis 1, of length 3",
                () -> X.gatherAlong(1, 1, 3, 0));
        assertRefused(
                "gatherAlong: 2x3 to 1x3: position -1 is out of range along axis 0, of length 2",
                () -> X.gatherAlong(0, 1, 0, -1, 0));
        assertRefused("gatherAlong: 2x3 to 2x1: 3 positions for 2 elements", () -> X.gatherAlong(-1, 1, 0, 0, 0));
        assertRefused(
                "scatterAddAlong: 2x3 to 2x2: 5 positions for 6 elements",
                () -> X.scatterAddAlong(1, 2, 0, 0, 0, 1, 1));
        assertRefused(
                "scatterAddAlong: 2x3 to 2x2: position 2 is out of range along axis 1, of length 2",
                () -> X.scatterAddAlong(1, 2, 0, 0, 0, 1, 1, 2));
        assertRefused(
                "scatterAddAlong: 2x3 to a length of -1: the result 2x-1: length -1 is negative",
                () -> X.scatterAddAlong(1, -1));
        assertRefused("gatherAlong: axis 2 is out of range for 2x3, of rank 2", () -> X.gatherAlong(2, 0));
    }

    @Test
    void padding() {
        assertEquals(matrix(row(0, 0, 0, 0), row(0, 1, 2, 0), row(3, 4, 5, 0)), X.pad(0, 1, 0, 0, 1));
        assertEquals(
                vector(-INF, -0f, Float.NaN, -INF, -INF), vector(-0f, Float.NaN).pad(-INF, 1, 2));
        assertEquals(matrix(row(7, 7, 7), row(0, 1, 2), row(3, 4, 5)), X.pad(7, 1, 0));
        assertEquals(FloatArray.full(2, 3, 2), FloatArray.zeros(0, 2).pad(2, 1, 2));
        assertEquals(X, X.pad(5));
        assertRefused(
                "pad: 3 widths for 2x3; there are two, before and after, for each of at most 2 dimensions",
                () -> X.pad(0, 1, 1, 1));
        assertRefused(
                "pad: 4 widths for 3; there are two, before and after, for each of at most 1 dimensions",
                () -> vector(1, 2, 3).pad(0, 1, 1, 1, 1));
        assertRefused("pad: 0 before and -1 after axis 1 of 2x3: a width is not negative", () -> X.pad(0, 1, 1, 0, -1));
        assertRefused(
                "pad: a length of 2147483649 is more than an array can have", () -> X.pad(0, Integer.MAX_VALUE, 0));
    }

    @Test
    void bands() {
        FloatArray x = FloatArray.arange(1, 10).reshape(3, 3);
        assertEquals(matrix(row(1, 0, 0), row(4, 5, 0), row(7, 8, 9)), x.tril());
        assertEquals(matrix(row(0, 0, 0), row(4, 0, 0), row(7, 8, 0)), x.tril(-1));
        assertEquals(matrix(row(1, 2, 3), row(0, 5, 6), row(0, 0, 9)), x.triu());
        assertEquals(matrix(row(0, 1, 2), row(0, 0, 5)), X.triu(1));
        assertEquals(matrix(row(1, 2, 0), row(4, 5, 6), row(0, 8, 9)), x.band(-1, 1));
        assertEquals(FloatArray.zeros(3, 3), x.band(1, 0));
        assertEquals(x, x.band(Integer.MIN_VALUE, Integer.MAX_VALUE));
        assertEquals(FloatArray.zeros(3, 3), x.band(Integer.MAX_VALUE, Integer.MAX_VALUE));
        assertEquals(FloatArray.zeros(1, 1), matrix(row(Float.NaN)).tril(-1)); // nothing is multiplied
        assertRefused("band: 2 has no last two dimensions", () -> vector(1, 2).tril());
    }

    @Test
    void outerProducts() {
        assertEquals(matrix(row(3, 4), row(6, 8)), vector(1, 2).outer(vector(3, 4)));
        assertEquals(FloatArray.zeros(0, 2), vector().outer(vector(3, 4)));
        assertRefused("outer: 2x3 by 2: ranks 2 and 1, not 1 and 1", () -> X.outer(vector(1, 2)));
    }

    // ---- einsum

    private static FloatArray einsum(String subscripts, FloatArray... arrays) {
        return ArrayOps.einsum(subscripts, arrays);
    }

    @Test
    void sumsOfProductsByLabels() {
        FloatArray y = FloatArray.arange(1, 7).reshape(3, 2);
        FloatArray square = FloatArray.arange(9).reshape(3, 3);
        assertEquals(X.matmul(y), einsum("ij,jk->ik", X, y));
        assertEquals(X.matmul(y).t(), einsum("ij, jk -> ki", X, y));
        assertEquals(X.matmul(y), einsum("ij,jk", X, y));
        assertEquals(X.matmul(y).t(), einsum("bj,ja", X, y)); // alphabetical, not in the order of the terms
        assertEquals(FloatArray.scalar(12), einsum("ii", square));
        assertEquals(vector(0, 4, 8), einsum("ii->i", square));
        assertEquals(X.t(), einsum("ba", X));
        assertEquals(X.sum(1), einsum("ij->i", X));
        assertEquals(FloatArray.scalar(15), einsum("ij->", X));
        assertEquals(X.square().sum(0), einsum("ij,ij->j", X, X));
        assertEquals(X.mul(3), einsum(",ij->ij", FloatArray.scalar(3), X));
        assertEquals(X.matmul(y).matmul(X), einsum("ij,jk,kl->il", X, y, X));
        assertEquals(X.sum(0), einsum("...i->i", X));
        assertEquals(X.unsqueeze(0), einsum("...ij,jk", X.unsqueeze(0), FloatArray.eye(3)));
    }

    @Test
    void einsumRefuses() {
        assertRefused("einsum ij,jk: no arrays", () -> einsum("ij,jk"));
        assertRefused("einsum ij,jk: 2x3: 2 terms for 1 arrays", () -> einsum("ij,jk", X));
        assertRefused("einsum i->j->k: 2x3: '->' stands more than once", () -> einsum("i->j->k", X));
        assertRefused("einsum i: 2x3: the term 'i' does not have one label for each of 2 axes", () -> einsum("i", X));
        assertRefused(
                "einsum ijk...: 2x3: the term 'ijk...' does not have one label for each of 2 axes",
                () -> einsum("ijk...", X));
        assertRefused(
                "einsum i1: 2x3: the term 'i1' is not made of letters and at most one '...'", () -> einsum("i1", X));
        assertRefused(
                "einsum ......: 2x3: the term '......' is not made of letters and at most one '...'",
                () -> einsum("......", X));
        assertRefused(
                "einsum ij,jk->ik: 2x3 and 2x3: the label j stands for lengths 3 and 2",
                () -> einsum("ij,jk->ik", X, X));
        assertRefused(
                "einsum ...,...: 2x3 and 2: the ellipsis's axis -1 stands for lengths 3 and 2",
                () -> einsum("...,...", X, vector(1, 2)));
        assertRefused(
                "einsum ii: 1x3: the label i stands for axes of 1 and 3 of one array",
                () -> einsum("ii", FloatArray.zeros(1, 3)));
        assertRefused("einsum ij->k: 2x3: no array has the label k of the result", () -> einsum("ij->k", X));
        assertRefused("einsum ij->ii: 2x3: the result has the label i twice", () -> einsum("ij->ii", X));
    }
}
