package dev.lanewise.autodiff;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Derivatives as functions of functions: a function of arrays and a point in, a derivative there out.
 *
 * <pre>{@code
 * static <A extends ArrayOps<A>> A energy(A x) {
 *     return x.square().sum().add(x.exp().sum());
 * }
 *
 * FloatArray g = Gradients.grad(Model::energy, x);         // the gradient
 * FloatArray hv = Gradients.hvp(Model::energy, x, v);      // the Hessian times v, without the Hessian
 * FloatArray j = Gradients.jacobianForward(a -> a.tanh(), x);
 * }</pre>
 *
 * <p><b>Modes.</b> What pulls back ({@code grad, valueAndGrad, vjp, jacobianReverse, hessian, hvp}) takes a function of
 * {@link AdjointArray}s; what pushes forward ({@code jvp, linearize, jacobianForward}) one of {@link DualArray}s. A static
 * generic method as above is both. Reverse mode is for few results of many arguments, forward mode for the contrary.
 *
 * <p><b>Arguments.</b> Each comes for one array, for a list of arrays, and for a record of arrays, which may hold lists
 * and records of such, and other things, that stay as they are; arrays in maps, optionals, sets or Java arrays are
 * refused. A record is declared with a type parameter,
 * {@code record Net<A>(A weights, A bias)}: the point is a {@code Net<FloatArray>}, the function takes a
 * {@code Net<AdjointArray>} or {@code Net<DualArray>}, made by the record's constructor. (The compiler cannot see that
 * both are the same record; another one fails with a {@link ClassCastException}.) In a named module the record's package
 * is to be opened to {@code dev.lanewise}.
 *
 * <p><b>Any order.</b> The result is of the kind of the arguments. For {@link FloatArray}s it is plain numbers. For
 * adjoint arrays it can be pulled back to whatever it depends on, the arguments and what the function closes over; for
 * dual arrays it carries on the tangents of the derivative that they belong to. So derivatives nest, in any order and
 * depth, and never mix:
 *
 * <pre>{@code
 * // the second derivative of x³ at 2, forward over forward: 12
 * Gradients.jvp(x -> Gradients.jvp(y -> y.pow(3), x, one).tangent(), two, FloatArray.scalar(1)).tangent();
 * // with one = DualArray.constant(FloatArray.scalar(1)), two = FloatArray.scalar(2)
 * }</pre>
 *
 * <p><b>Leaves.</b> No leaf's {@link AdjointArray#grad} is ever touched. Within the function, arguments are constants to
 * everybody else and tracked to this; other arrays that require grad may be used, but nothing is pulled back to them.
 *
 * <p>All methods throw {@link IllegalArgumentException} for shapes that do not fit, and {@link IllegalStateException} if
 * the function's result is volatile, if its graph was freed by a backward pass within the function, or if an array is used
 * that escaped from a forward derivative which is over.
 */
public final class Gradients {

    private Gradients() {}

    /** A function's value, of one element, and its gradient in the form of the arguments. */
    public record ValueAndGrad<V, P>(V value, P grad) {}

    /** What a function returns that has something to hand out beside the value to be differentiated. */
    public record Aux<T>(AdjointArray value, T aux) {}

    /** A function's value, its gradient, and what else it returned. */
    public record ValueAndGradWithAux<V, P, T>(V value, P grad, T aux) {}

    /**
     * A function's value and its pullback: from a gradient of the value, in its shape, to the gradients of the arguments.
     * It can be used again and again, and keeps what the function recorded.
     */
    public record Vjp<V, P>(V value, Function<V, P> pullback) {
        /** What a gradient of the value is pulled back to. */
        public P pull(V gradient) {
            return pullback.apply(gradient);
        }
    }

    /** A function's value and its tangent, of the same shape: the derivative along the direction that was given. */
    public record Jvp<V>(V value, V tangent) {}

    /**
     * A function's value, and the linear map from directions to tangents that touches it there. The map can be used again
     * and again, without the function; it keeps what it needs of the intermediate values.
     */
    public record Linearized<P, V>(V value, Function<P, V> map) {
        /** The tangent along a direction in the form of the arguments. */
        public V push(P direction) {
            return map.apply(direction);
        }
    }

    // ---- gradients of functions with one element as their result

    /**
     * The gradient of a function with a result of one element, in the shape of the argument.
     *
     * @param options zeros for an argument that the result does not depend on, or an error
     */
    public static <A extends ArrayOps<A>> A grad(
            Function<AdjointArray, AdjointArray> f, A x, GradientOption... options) {
        return new Derivatives<A, AdjointArray>("grad", x).grad(f, options);
    }

    /** As {@link #grad(Function, ArrayOps, GradientOption...)}, by each array of a list. */
    public static <A extends ArrayOps<A>> List<A> grad(
            Function<List<AdjointArray>, AdjointArray> f, List<A> x, GradientOption... options) {
        return new Derivatives<List<A>, List<AdjointArray>>("grad", x).grad(f, options);
    }

    /** As {@link #grad(Function, ArrayOps, GradientOption...)}, by each array of a record. */
    public static <P extends Record, Q extends Record> P grad(
            Function<Q, AdjointArray> f, P x, GradientOption... options) {
        return new Derivatives<P, Q>("grad", x).grad(f, options);
    }

    /** The value of a function with a result of one element, and its gradient, from one evaluation. */
    public static <A extends ArrayOps<A>> ValueAndGrad<A, A> valueAndGrad(
            Function<AdjointArray, AdjointArray> f, A x, GradientOption... options) {
        return new Derivatives<A, AdjointArray>("valueAndGrad", x).valueAndGrad(f, options);
    }

    /** As {@link #valueAndGrad(Function, ArrayOps, GradientOption...)}, by each array of a list. */
    public static <A extends ArrayOps<A>> ValueAndGrad<A, List<A>> valueAndGrad(
            Function<List<AdjointArray>, AdjointArray> f, List<A> x, GradientOption... options) {
        return new Derivatives<List<A>, List<AdjointArray>>("valueAndGrad", x).valueAndGrad(f, options);
    }

    /** As {@link #valueAndGrad(Function, ArrayOps, GradientOption...)}, by each array of a record. */
    public static <P extends Record, Q extends Record> ValueAndGrad<FloatArray, P> valueAndGrad(
            Function<Q, AdjointArray> f, P x, GradientOption... options) {
        return new Derivatives<P, Q>("valueAndGrad", x).valueAndGrad(f, options);
    }

    /**
     * As {@link #valueAndGrad(Function, ArrayOps, GradientOption...)}, for a function that has more to hand out, such as
     * predictions beside a loss. It is handed on as it is; adjoint arrays in it should be reduced to their
     * {@link AdjointArray#value}, since their graph has been used up.
     */
    public static <A extends ArrayOps<A>, T> ValueAndGradWithAux<A, A, T> valueAndGradWithAux(
            Function<AdjointArray, Aux<T>> f, A x, GradientOption... options) {
        return new Derivatives<A, AdjointArray>("valueAndGradWithAux", x).valueAndGradWithAux(f, options);
    }

    /** As {@link #valueAndGradWithAux(Function, ArrayOps, GradientOption...)}, by each array of a list. */
    public static <A extends ArrayOps<A>, T> ValueAndGradWithAux<A, List<A>, T> valueAndGradWithAux(
            Function<List<AdjointArray>, Aux<T>> f, List<A> x, GradientOption... options) {
        return new Derivatives<List<A>, List<AdjointArray>>("valueAndGradWithAux", x).valueAndGradWithAux(f, options);
    }

    /** As {@link #valueAndGradWithAux(Function, ArrayOps, GradientOption...)}, by each array of a record. */
    public static <P extends Record, Q extends Record, T> ValueAndGradWithAux<FloatArray, P, T> valueAndGradWithAux(
            Function<Q, Aux<T>> f, P x, GradientOption... options) {
        return new Derivatives<P, Q>("valueAndGradWithAux", x).valueAndGradWithAux(f, options);
    }

    // ---- products with the Jacobian

    /** The value of a function, of any shape, and its pullback: gradients times the Jacobian. */
    public static <A extends ArrayOps<A>> Vjp<A, A> vjp(
            Function<AdjointArray, AdjointArray> f, A x, GradientOption... options) {
        return new Derivatives<A, AdjointArray>("vjp", x).vjp(f, options);
    }

    /** As {@link #vjp(Function, ArrayOps, GradientOption...)}, by each array of a list. */
    public static <A extends ArrayOps<A>> Vjp<A, List<A>> vjp(
            Function<List<AdjointArray>, AdjointArray> f, List<A> x, GradientOption... options) {
        return new Derivatives<List<A>, List<AdjointArray>>("vjp", x).vjp(f, options);
    }

    /** As {@link #vjp(Function, ArrayOps, GradientOption...)}, by each array of a record. */
    public static <P extends Record, Q extends Record> Vjp<FloatArray, P> vjp(
            Function<Q, AdjointArray> f, P x, GradientOption... options) {
        return new Derivatives<P, Q>("vjp", x).vjp(f, options);
    }

    /** The value of a function, of any shape, and its derivative along a direction: the Jacobian times v. */
    public static <A extends ArrayOps<A>> Jvp<A> jvp(Function<DualArray, DualArray> f, A x, A v) {
        return new Derivatives<A, DualArray>("jvp", x).jvp(f, v);
    }

    /** As {@link #jvp(Function, ArrayOps, ArrayOps)}, along a direction in all arrays of a list at once. */
    public static <A extends ArrayOps<A>> Jvp<A> jvp(Function<List<DualArray>, DualArray> f, List<A> x, List<A> v) {
        return new Derivatives<List<A>, List<DualArray>>("jvp", x).jvp(f, v);
    }

    /** As {@link #jvp(Function, ArrayOps, ArrayOps)}, along a direction in all arrays of a record at once. */
    public static <P extends Record, Q extends Record> Jvp<FloatArray> jvp(Function<Q, DualArray> f, P x, P v) {
        return new Derivatives<P, Q>("jvp", x).jvp(f, v);
    }

    /**
     * The value of a function and its derivative as a linear map, which costs no further evaluation of the function:
     * {@link #jvp} for many directions at one point.
     */
    public static <A extends ArrayOps<A>> Linearized<A, A> linearize(Function<DualArray, DualArray> f, A x) {
        return new Derivatives<A, DualArray>("linearize", x).linearize(f);
    }

    /** As {@link #linearize(Function, ArrayOps)}, by all arrays of a list at once. */
    public static <A extends ArrayOps<A>> Linearized<List<A>, A> linearize(
            Function<List<DualArray>, DualArray> f, List<A> x) {
        return new Derivatives<List<A>, List<DualArray>>("linearize", x).linearize(f);
    }

    /** As {@link #linearize(Function, ArrayOps)}, by all arrays of a record at once. */
    public static <P extends Record, Q extends Record> Linearized<P, FloatArray> linearize(
            Function<Q, DualArray> f, P x) {
        return new Derivatives<P, Q>("linearize", x).linearize(f);
    }

    // ---- whole matrices of derivatives

    /**
     * All derivatives of a function of any shape: the shape of the result followed by that of the argument. One forward
     * evaluation for each element of the argument.
     */
    public static <A extends ArrayOps<A>> A jacobianForward(Function<DualArray, DualArray> f, A x) {
        return new Derivatives<A, DualArray>("jacobianForward", x).jacobianForward(f);
    }

    /** As {@link #jacobianForward(Function, ArrayOps)}, one Jacobian for each array of a list. */
    public static <A extends ArrayOps<A>> List<A> jacobianForward(Function<List<DualArray>, DualArray> f, List<A> x) {
        return new Derivatives<List<A>, List<DualArray>>("jacobianForward", x).jacobianForward(f);
    }

    /** As {@link #jacobianForward(Function, ArrayOps)}, one Jacobian in the place of each array of a record. */
    public static <P extends Record, Q extends Record> P jacobianForward(Function<Q, DualArray> f, P x) {
        return new Derivatives<P, Q>("jacobianForward", x).jacobianForward(f);
    }

    /**
     * All derivatives of a function of any shape: the shape of the result followed by that of the argument. One
     * evaluation, and one backward pass for each element of the result.
     */
    public static <A extends ArrayOps<A>> A jacobianReverse(Function<AdjointArray, AdjointArray> f, A x) {
        return new Derivatives<A, AdjointArray>("jacobianReverse", x).jacobianReverse(f);
    }

    /** As {@link #jacobianReverse(Function, ArrayOps)}, one Jacobian for each array of a list. */
    public static <A extends ArrayOps<A>> List<A> jacobianReverse(
            Function<List<AdjointArray>, AdjointArray> f, List<A> x) {
        return new Derivatives<List<A>, List<AdjointArray>>("jacobianReverse", x).jacobianReverse(f);
    }

    /** As {@link #jacobianReverse(Function, ArrayOps)}, one Jacobian in the place of each array of a record. */
    public static <P extends Record, Q extends Record> P jacobianReverse(Function<Q, AdjointArray> f, P x) {
        return new Derivatives<P, Q>("jacobianReverse", x).jacobianReverse(f);
    }

    /**
     * All second derivatives of a function with a result of one element: the shape of the argument twice. Forward over
     * reverse, one {@link #hvp} for each element of the argument.
     */
    public static <A extends ArrayOps<A>> A hessian(Function<AdjointArray, AdjointArray> f, A x) {
        Derivatives<A, AdjointArray> derivatives = new Derivatives<>("hessian", x);
        return derivatives.kind(derivatives.hessian(f).getFirst().getFirst());
    }

    /**
     * As {@link #hessian(Function, ArrayOps)} for a list of arrays: {@code get(i).get(j)} holds the derivatives by array
     * i and then by array j, in the shape of i followed by that of j.
     */
    public static <A extends ArrayOps<A>> List<List<A>> hessian(
            Function<List<AdjointArray>, AdjointArray> f, List<A> x) {
        Derivatives<List<A>, List<AdjointArray>> derivatives = new Derivatives<>("hessian", x);
        List<List<A>> blocks = new ArrayList<>();
        for (List<AdjointArray> row : derivatives.hessian(f)) {
            blocks.add(row.stream().map(derivatives::<A>kind).toList());
        }
        return List.copyOf(blocks);
    }

    /**
     * The Hessian of a function with a result of one element, times a direction: how the gradient changes along it.
     * Forward over reverse, in about twice the time and memory of the gradient.
     */
    public static <A extends ArrayOps<A>> A hvp(Function<AdjointArray, AdjointArray> f, A x, A v) {
        return new Derivatives<A, AdjointArray>("hvp", x).hvp(f, v);
    }

    /** As {@link #hvp(Function, ArrayOps, ArrayOps)}, along a direction in all arrays of a list at once. */
    public static <A extends ArrayOps<A>> List<A> hvp(
            Function<List<AdjointArray>, AdjointArray> f, List<A> x, List<A> v) {
        return new Derivatives<List<A>, List<AdjointArray>>("hvp", x).hvp(f, v);
    }

    /** As {@link #hvp(Function, ArrayOps, ArrayOps)}, along a direction in all arrays of a record at once. */
    public static <P extends Record, Q extends Record> P hvp(Function<Q, AdjointArray> f, P x, P v) {
        return new Derivatives<P, Q>("hvp", x).hvp(f, v);
    }

    // ---- memory

    /**
     * The result of a function of which nothing is kept for the backward pass but the arguments: when a pass comes to it,
     * the function runs once more. Gradients are those of the plain call, to the bit; gradients of gradients up to
     * rounding, since the function then runs once for each pass.
     *
     * <p>The function may close over arrays that require grad, such as weights; they get their gradients. It must do the
     * same both times, which one that draws random numbers, or whose weights have been updated in between, does not: if it
     * uses other arrays that require grad, or comes to another result (one bit is enough), the pass throws
     * {@link IllegalStateException}. A forward derivative goes through it as through any function.
     */
    public static AdjointArray checkpoint(Function<AdjointArray, AdjointArray> f, AdjointArray x) {
        Objects.requireNonNull(f, "checkpoint: the function is null");
        Objects.requireNonNull(x, "checkpoint: an argument is null");
        return Checkpoint.of(arguments -> f.apply(arguments.getFirst()), List.of(x));
    }

    /** As {@link #checkpoint(Function, AdjointArray)}, for several arrays. */
    public static AdjointArray checkpoint(Function<List<AdjointArray>, AdjointArray> f, List<AdjointArray> x) {
        Objects.requireNonNull(f, "checkpoint: the function is null");
        return Checkpoint.of(f, x);
    }
}
