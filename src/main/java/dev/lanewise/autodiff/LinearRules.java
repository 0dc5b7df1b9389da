package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Window;
import dev.lanewise.autodiff.Rule.Partial;
import java.util.Arrays;
import java.util.List;

/**
 * The derivatives of what is linear in each operand, as {@link Rules} states the others: of what moves elements, and of
 * products. Such an operation is its own derivative, so that only its transpose is stated, which mostly is another
 * operation of this class.
 */
final class LinearRules {

    private LinearRules() {}

    static Rule cumsum(boolean fromEnd, int axis) {
        return Rule.linear("cumsum", x -> x.cumsum(fromEnd, axis), g -> g.cumsum(!fromEnd, axis));
    }

    // ---- shape: each the transpose of another

    static Rule reshape(Shape from, Shape to) {
        return Rule.linear("reshape", x -> x.reshape(to), g -> g.reshape(from));
    }

    static Rule transpose(int rank, int... givenOrder) {
        int[] order = givenOrder.clone();
        return Rule.linear("transpose", x -> x.transpose(order), g -> g.transpose(inverse(rank, order)));
    }

    private static int[] inverse(int rank, int[] order) {
        int[] inverse = new int[order.length]; // an empty order reverses all, and is its own inverse
        for (int i = 0; i < order.length; i++) {
            inverse[Math.floorMod(order[i], rank)] = i;
        }
        return inverse;
    }

    static Rule expand(Shape from, Shape to) {
        return Rule.linear("expand", x -> x.expand(to), g -> g.sumTo(from));
    }

    static Rule sumTo(Shape from, Shape to) {
        return Rule.linear("sumTo", x -> x.sumTo(to), g -> g.expand(from));
    }

    static Rule slice(Shape from, Index... givenIndices) {
        Index[] indices = givenIndices.clone();
        return Rule.linear("slice", x -> x.slice(indices), g -> g.place(from, indices));
    }

    static Rule place(Shape into, Index... givenIndices) {
        Index[] indices = givenIndices.clone();
        return Rule.linear("place", x -> x.place(into, indices), g -> g.slice(indices));
    }

    static Rule band(int low, int high) {
        return Rule.linear("band", x -> x.band(low, high), g -> g.band(low, high));
    }

    static Rule gather(Shape from, int... givenRows) {
        int[] rows = givenRows.clone();
        return Rule.linear("gather", x -> x.gather(rows), g -> g.scatterAdd(from.dim(0), rows));
    }

    static Rule scatterAdd(int count, int... givenRows) {
        int[] rows = givenRows.clone();
        return Rule.linear("scatterAdd", x -> x.scatterAdd(count, rows), g -> g.gather(rows));
    }

    static Rule gatherAlong(Shape from, int axis, int count, int... givenPositions) {
        int[] positions = givenPositions.clone();
        return Rule.linear(
                "gatherAlong",
                x -> x.gatherAlong(axis, count, positions),
                g -> g.scatterAddAlong(axis, from.dim(axis), positions));
    }

    static Rule scatterAddAlong(Shape from, int axis, int length, int... givenPositions) {
        int[] positions = givenPositions.clone();
        return Rule.linear(
                "scatterAddAlong",
                x -> x.scatterAddAlong(axis, length, positions),
                g -> g.gatherAlong(axis, from.dim(axis), positions));
    }

    static Rule append(int axis, List<Shape> shapes) {
        return Rule.nary(
                "concat",
                shapes.size(),
                x -> x[0].append(axis, List.of(x).subList(1, x.length)),
                i -> part(axis, shapes, i));
    }

    /** Operand i of a concatenation: its tangent is placed into zeros, its gradient is cut out. */
    private static Partial part(int axis, List<Shape> shapes, int operand) {
        return new Partial((x, y, t) -> t.place(y.shape(), window(axis, shapes, operand)), (x, y) -> {
            Index[] window = window(axis, shapes, operand);
            return g -> g.slice(window);
        });
    }

    /** Where in a concatenation an operand stands. */
    private static Index[] window(int axis, List<Shape> shapes, int operand) {
        int along = shapes.getFirst().axis(axis);
        int start = 0;
        for (Shape before : shapes.subList(0, operand)) {
            start += before.dim(along);
        }
        Index[] window = new Index[along + 1];
        Arrays.fill(window, Index.all());
        window[along] = Index.range(start, start + shapes.get(operand).dim(along));
        return window;
    }

    static Rule dropout(float rate, long seed) {
        return Rule.linear("dropout", x -> x.dropout(rate, seed), g -> g.dropout(rate, seed));
    }

    static Rule unfold(Shape from, Window window) {
        return Rule.linear("unfold", x -> x.unfold(window), g -> g.fold(from.dim(-2), from.dim(-1), window));
    }

    static Rule fold(int height, int width, Window window) {
        return Rule.linear("fold", x -> x.fold(height, width, window), g -> g.unfold(window));
    }

    static Rule conv2d(Shape images, Shape filters, Window window, int groups) {
        Convolution shapes = new Convolution(images, filters, window, groups);
        return Rule.bilinear(
                "conv2d", (x, f) -> x.conv2d(f, window, groups), shapes::imageGradient, shapes::filterGradient);
    }

    // ---- products

    /** The rule of a matrix product by what its operands are: vectors (rank 1) or matrices, perhaps in batches. */
    static Rule matmul(int rankA, int rankB) {
        if (rankA == 1) {
            return rankB == 1 ? DOT : VECTOR_MATRIX;
        }
        if (rankB == 1) {
            return MATRIX_VECTOR;
        }
        return rankA > 2 && rankB == 2 ? MATMUL_SHARED : MATMUL;
    }

    static final Rule MATMUL = Rule.bilinear(
            "matmul",
            FloatArray::matmul,
            (g, b) -> g.matmul(adjoint(b)),
            (g, a) -> adjoint(a).matmul(g));
    // One B for a whole batch of A: its gradient sums over the batch, which is one tall product and not many small
    // ones.
    static final Rule MATMUL_SHARED = Rule.bilinear(
            "matmul",
            FloatArray::matmul,
            (g, b) -> g.matmul(b.t()),
            (g, a) -> rows(a).t().matmul(rows(g)));
    static final Rule DOT = Rule.bilinear("dot", FloatArray::matmul, AdjointArray::mul, AdjointArray::mul);
    // y = A b is A times a column: its gradient is a column too, and A's is the outer product with the row b.
    static final Rule MATRIX_VECTOR = Rule.bilinear(
            "matmul",
            FloatArray::matmul,
            (g, b) -> g.unsqueeze(-1).matmul(b.unsqueeze(0)),
            (g, a) -> adjoint(a).matmul(g.unsqueeze(-1)).squeeze(-1));
    // y = a B is a row times B.
    static final Rule VECTOR_MATRIX = Rule.bilinear(
            "matmul",
            FloatArray::matmul,
            (g, b) -> g.unsqueeze(-2).matmul(adjoint(b)).squeeze(-2),
            (g, a) -> a.unsqueeze(1).matmul(g.unsqueeze(-2)));

    // x W + b: linear in each of the three, though not in all at once.
    static final Rule LINEAR = Rule.of(
            "linear",
            x -> x[0].linear(x[1], x[2]),
            new Partial((x, y, t) -> t.matmul(x[1]), (x, y) -> {
                AdjointArray weight = x[1];
                return g -> g.matmul(weight.t());
            }),
            new Partial((x, y, t) -> x[0].matmul(t), (x, y) -> {
                AdjointArray a = x[0];
                return g -> rows(a).t().matmul(rows(g));
            }),
            Rule.constant(t -> t, g -> g)); // every row adds it: undone as broadcasting is

    /** A batch of matrices as one matrix with all their rows; a vector is one row. */
    private static AdjointArray rows(AdjointArray batch) {
        Shape shape = batch.shape();
        int rows = 1;
        for (int i = 0; i < shape.rank() - 1; i++) {
            rows *= shape.dim(i);
        }
        return batch.reshape(rows, shape.dim(-1));
    }

    /** The last two dimensions exchanged. */
    static AdjointArray adjoint(AdjointArray matrices) {
        int rank = matrices.rank();
        int[] order = new int[rank];
        for (int i = 0; i < rank; i++) {
            order[i] = i;
        }
        order[rank - 1] = rank - 2;
        order[rank - 2] = rank - 1;
        return matrices.transpose(order);
    }
}
