package dev.lanewise.array;

/**
 * Products of vectors, matrices and batches of these: a part of {@link ArrayOps}.
 *
 * @param <A> the type of the array itself
 */
public sealed interface ProductOps<A extends ArrayOps<A>> extends ShapeOps<A> permits NeuralOps {

    /** The sum of products of two vectors of equal length, a scalar. Throws for a rank other than 1. */
    default A dot(A b) {
        Shapes.requireDot(shape(), Shapes.given("dot", b).shape());
        return matmul(b);
    }

    /** The products of every element of one vector with every element of another: m by n to m x n. */
    default A outer(A b) {
        Shapes.requireRanks("outer", shape(), 1, Shapes.given("outer", b).shape(), 1);
        Shape.ofResult("outer", shape(), " by ", b.shape(), new int[] {size(), b.size()});
        return unsqueeze(1).mul(b);
    }

    /** The product of two matrices, m x k by k x n. Throws for a rank other than 2. */
    default A mm(A b) {
        Shapes.requireMm("mm", shape(), Shapes.given("mm", b).shape());
        return matmul(b);
    }

    /**
     * The matrix product of the last two dimensions, the leading ones broadcast as batch. A vector on the left is a
     * row, on the right a column, and that dimension is dropped from the result.
     */
    A matmul(A b);

    /**
     * {@code this·weight + bias}, what a linear layer computes: {@code … x in} by {@code in x out}, and {@code out} numbers
     * that every row adds, to {@code … x out}. The same bits as {@code matmul(weight).add(bias)}, but one operation, that
     * adds the bias while the product is in the cache. Throws for a weight of another rank than 2 and a bias of another shape.
     */
    default A linear(A weight, A bias) {
        Shapes.requireLinear(
                shape(),
                Shapes.given("linear", weight).shape(),
                Shapes.given("linear", bias).shape());
        return matmul(weight).add(bias);
    }

    /** The products of two batches of matrices, b x m x k by b x k x n, without broadcasting. */
    default A bmm(A b) {
        Shapes.requireBmm(shape(), Shapes.given("bmm", b).shape());
        return matmul(b);
    }

    /** {@code this + a·b}, this broadcast to m x n. */
    default A addmm(A a, A b) {
        return addmm(1, 1, a, b);
    }

    /** {@code beta·this + alpha·a·b}; with {@code beta == 0} this is ignored, NaN included. */
    default A addmm(float beta, float alpha, A a, A b) {
        Shapes.requireMm(
                "addmm",
                Shapes.given("addmm", a).shape(),
                Shapes.given("addmm", b).shape());
        A product = a.mm(b);
        Shapes.requireBroadcastTo("addmm", shape(), product.shape());
        A scaled = alpha == 1 ? product : product.mul(alpha);
        return beta == 0 ? scaled : scaled.add(mul(beta));
    }

    /** {@code this + sum over i of a[i]·b[i]}. */
    default A addbmm(A a, A b) {
        return addbmm(1, 1, a, b);
    }

    /** {@code beta·this + alpha·(sum over i of a[i]·b[i])}: beta counts once. */
    default A addbmm(float beta, float alpha, A a, A b) {
        Shapes.requireBmm(
                "addbmm",
                Shapes.given("addbmm", a).shape(),
                Shapes.given("addbmm", b).shape());
        A product = a.bmm(b).sum(0);
        Shapes.requireBroadcastTo("addbmm", shape(), product.shape());
        A scaled = alpha == 1 ? product : product.mul(alpha);
        return beta == 0 ? scaled : scaled.add(mul(beta));
    }

    /** {@code this[i] + a[i]·b[i]} for every i, this broadcast to b x m x n. */
    default A baddbmm(A a, A b) {
        return baddbmm(1, 1, a, b);
    }

    /** {@code beta·this[i] + alpha·a[i]·b[i]} for every i. */
    default A baddbmm(float beta, float alpha, A a, A b) {
        Shapes.requireBmm(
                "baddbmm",
                Shapes.given("baddbmm", a).shape(),
                Shapes.given("baddbmm", b).shape());
        A product = a.bmm(b);
        Shapes.requireBroadcastTo("baddbmm", shape(), product.shape());
        A scaled = alpha == 1 ? product : product.mul(alpha);
        return beta == 0 ? scaled : scaled.add(mul(beta));
    }
}
