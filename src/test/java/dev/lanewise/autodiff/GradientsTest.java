package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Functions of functions: what they give, in which shape, and what they leave alone. */
class GradientsTest {

    private static final FloatArray X = FloatArray.of(0.3f, -0.7f, 1.1f);
    private static final FloatArray V = FloatArray.of(1, -2, 0.5f);

    private static FloatArray random(int seed, int... dims) {
        return FloatArray.randn(new Random(seed), dims);
    }

    private static void assertClose(FloatArray expected, FloatArray got) {
        assertEquals(expected.shape(), got.shape());
        assertTrue(got.closeTo(expected, 1e-5, 1e-6), () -> "expected " + expected + " got " + got);
    }

    /** Of three elements to one. */
    private static <A extends ArrayOps<A>> A scalarOf(A x) {
        return x.exp().mul(x.sin()).softmax(0).mul(x.square()).sum();
    }

    /** Of three elements to two by two. */
    private static <A extends ArrayOps<A>> A matrixOf(A x) {
        A row = x.reshape(1, 3);
        A four = row.matmul(x.lift(random(1, 3, 4))).tanh();
        return four.reshape(2, 2).mul(x.square().sum());
    }

    // ---- one argument

    @Test
    void gradIsThatOfABackwardPass() {
        AdjointArray x = AdjointArray.variable(X);
        scalarOf(x).backward();
        assertEquals(x.grad(), Gradients.grad(GradientsTest::scalarOf, X));
    }

    @Test
    void valueAndGradGivesBothFromOneEvaluation() {
        AtomicInteger evaluations = new AtomicInteger();
        Gradients.ValueAndGrad<FloatArray, FloatArray> both = Gradients.valueAndGrad(
                x -> {
                    evaluations.incrementAndGet();
                    return scalarOf(x);
                },
                X);
        assertEquals(scalarOf(X), both.value());
        assertEquals(Gradients.grad(GradientsTest::scalarOf, X), both.grad());
        assertEquals(1, evaluations.get());
    }

    @Test
    void valueAndGradHandsOutWhatElseTheFunctionReturns() {
        Gradients.ValueAndGradWithAux<FloatArray, FloatArray, FloatArray> all = Gradients.valueAndGradWithAux(
                x -> {
                    AdjointArray squares = x.square();
                    return new Gradients.Aux<>(squares.sum(), squares.value());
                },
                FloatArray.of(1, 2));
        assertEquals(FloatArray.scalar(5), all.value());
        assertEquals(FloatArray.of(2, 4), all.grad());
        assertEquals(FloatArray.of(1, 4), all.aux());
    }

    @Test
    void aPullbackIsReusable() {
        AtomicInteger evaluations = new AtomicInteger();
        Gradients.Vjp<FloatArray, FloatArray> vjp = Gradients.vjp(
                x -> {
                    evaluations.incrementAndGet();
                    return x.square();
                },
                FloatArray.of(3, 4));
        assertEquals(FloatArray.of(9, 16), vjp.value());
        assertEquals(FloatArray.of(6, 8), vjp.pull(FloatArray.of(1, 1)));
        assertEquals(FloatArray.of(60, 0), vjp.pull(FloatArray.of(10, 0)));
        assertEquals(1, evaluations.get());
    }

    @Test
    void pushAndPullAreTransposes() {
        FloatArray w = random(2, 2, 2);
        Gradients.Jvp<FloatArray> pushed = Gradients.jvp(GradientsTest::matrixOf, X, V);
        FloatArray pulled = Gradients.vjp(GradientsTest::matrixOf, X).pull(w);
        assertEquals(matrixOf(X), pushed.value());
        assertEquals(pushed.tangent().mul(w).sum().item(), pulled.mul(V).sum().item(), 1e-5);
    }

    @Test
    void aLinearizedFunctionIsItsJvp() {
        AtomicInteger evaluations = new AtomicInteger();
        Gradients.Linearized<FloatArray, FloatArray> tangent = Gradients.linearize(
                x -> {
                    evaluations.incrementAndGet();
                    return matrixOf(x);
                },
                X);
        assertEquals(matrixOf(X), tangent.value());
        for (FloatArray v : List.of(V, X, FloatArray.zeros(3))) {
            assertClose(Gradients.jvp(GradientsTest::matrixOf, X, v).tangent(), tangent.push(v));
        }
        assertEquals(1, evaluations.get());
    }

    @Test
    void bothJacobiansAreTheSameInTheShapeOfTheResultThenOfTheArgument() {
        FloatArray forward = Gradients.jacobianForward(GradientsTest::matrixOf, X);
        FloatArray reverse = Gradients.jacobianReverse(GradientsTest::matrixOf, X);
        assertEquals(Shape.of(2, 2, 3), forward.shape());
        assertClose(forward, reverse);
        assertClose(Gradients.jvp(GradientsTest::matrixOf, X, V).tangent(), forward.matmul(V));
    }

    @Test
    void aJacobianOfAMatrixByAMatrix() {
        FloatArray a = random(3, 2, 3);
        FloatArray b = random(4, 3, 2);
        Function<AdjointArray, AdjointArray> f = x -> x.matmul(AdjointArray.constant(b));
        FloatArray jacobian = Gradients.jacobianReverse(f, a);
        assertEquals(Shape.of(2, 2, 2, 3), jacobian.shape());
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
                for (int k = 0; k < 2; k++) {
                    for (int l = 0; l < 3; l++) {
                        assertEquals(i == k ? b.get(l, j) : 0, jacobian.get(i, j, k, l));
                    }
                }
            }
        }
        assertEquals(jacobian, Gradients.jacobianForward(x -> x.matmul(DualArray.constant(b)), a));
    }

    @Test
    void jacobiansWithNoElements() {
        FloatArray empty = FloatArray.zeros(0);
        assertEquals(FloatArray.zeros(0), Gradients.jacobianForward(x -> x.sum(), empty));
        assertEquals(FloatArray.zeros(0), Gradients.jacobianReverse(x -> x.sum(), empty));
        assertEquals(
                FloatArray.zeros(0, 3),
                Gradients.jacobianForward(x -> x.slice(dev.lanewise.array.Index.range(0, 0)), X));
        assertEquals(
                FloatArray.zeros(0, 3),
                Gradients.jacobianReverse(x -> x.slice(dev.lanewise.array.Index.range(0, 0)), X));
    }

    @Test
    void theHessianIsTheJacobianOfTheGradient() {
        FloatArray hessian = Gradients.hessian(GradientsTest::scalarOf, X);
        assertEquals(Shape.of(3, 3), hessian.shape());
        assertClose(Gradients.jacobianForward(x -> Gradients.grad(GradientsTest::scalarOf, x), X), hessian);
        assertClose(Gradients.jacobianReverse(x -> Gradients.grad(GradientsTest::scalarOf, x), X), hessian);
        assertClose(hessian.t(), hessian);
        assertClose(hessian.matmul(V), Gradients.hvp(GradientsTest::scalarOf, X, V));
    }

    @Test
    void theHessianOfAMatrixArgumentHasItsShapeTwice() {
        FloatArray x = FloatArray.of(new float[] {1, 2, 3, 4}, 2, 2);
        FloatArray hessian = Gradients.hessian(a -> a.pow(3).sum(), x);
        assertEquals(Shape.of(2, 2, 2, 2), hessian.shape());
        assertEquals(FloatArray.of(6, 12, 18, 24), diagonal(hessian.reshape(4, 4)));
        assertEquals(60, hessian.sum().item());
    }

    private static FloatArray diagonal(FloatArray matrix) {
        return matrix.mul(FloatArray.eye(matrix.shape().dim(0))).sum(0);
    }

    @Test
    void hvpIsThatOfTwoBackwardPasses() {
        AdjointArray x = AdjointArray.variable(X);
        scalarOf(x).backward(BackwardOption.CREATE_GRAPH);
        AdjointArray gradient = x.adjoint();
        assertNotNull(gradient);
        x.zeroGrad();
        gradient.backward(V);
        assertNotNull(x.grad());
        assertClose(x.grad(), Gradients.hvp(GradientsTest::scalarOf, X, V));
    }

    @Test
    void hvpOfALinearFunctionIsZero() {
        assertEquals(FloatArray.zeros(3), Gradients.hvp(x -> x.mul(3).sum(), X, V));
        assertEquals(FloatArray.zeros(3), Gradients.hvp(x -> AdjointArray.constant(FloatArray.scalar(1)), X, V));
    }

    // ---- several arguments

    private static <A extends ArrayOps<A>> A ofTwo(List<A> x) {
        return x.get(0).square().matmul(x.get(1)).sin();
    }

    private final List<FloatArray> two = List.of(X, random(5, 3, 2));
    private final List<FloatArray> alongTwo = List.of(V, random(6, 3, 2));

    @Test
    void byEachOfAList() {
        AdjointArray a = AdjointArray.variable(two.get(0));
        AdjointArray b = AdjointArray.variable(two.get(1));
        ofTwo(List.of(a, b)).sum().backward();
        assertNotNull(a.grad());
        assertNotNull(b.grad());
        List<FloatArray> expected = List.of(a.grad(), b.grad());
        assertEquals(expected, Gradients.grad(x -> ofTwo(x).sum(), two));
        assertEquals(expected, Gradients.valueAndGrad(x -> ofTwo(x).sum(), two).grad());
        assertEquals(expected, Gradients.vjp(GradientsTest::ofTwo, two).pull(FloatArray.of(1, 1)));
    }

    @Test
    void jacobiansOfAList() {
        List<FloatArray> forward = Gradients.jacobianForward(GradientsTest::ofTwo, two);
        List<FloatArray> reverse = Gradients.jacobianReverse(GradientsTest::ofTwo, two);
        assertEquals(Shape.of(2, 3), forward.get(0).shape());
        assertEquals(Shape.of(2, 3, 2), forward.get(1).shape());
        FloatArray tangent = Gradients.jvp(GradientsTest::ofTwo, two, alongTwo).tangent();
        FloatArray sum = FloatArray.zeros(2);
        for (int i = 0; i < 2; i++) {
            assertClose(forward.get(i), reverse.get(i));
            sum = sum.add(forward.get(i).reshape(2, -1).matmul(alongTwo.get(i).reshape(-1)));
        }
        assertClose(tangent, sum);
        assertClose(tangent, Gradients.linearize(GradientsTest::ofTwo, two).push(alongTwo));
    }

    @Test
    void secondDerivativesOfAListAreBlocks() {
        List<List<FloatArray>> blocks = Gradients.hessian(x -> ofTwo(x).sum(), two);
        List<FloatArray> products = Gradients.hvp(x -> ofTwo(x).sum(), two, alongTwo);
        for (int i = 0; i < 2; i++) {
            FloatArray sum = FloatArray.zeros(two.get(i).size());
            for (int j = 0; j < 2; j++) {
                FloatArray block = blocks.get(i).get(j);
                assertEquals(two.get(i).rank() + two.get(j).rank(), block.rank());
                sum = sum.add(block.reshape(two.get(i).size(), -1)
                        .matmul(alongTwo.get(j).reshape(-1)));
            }
            assertClose(sum, products.get(i).reshape(-1));
        }
        assertClose(
                blocks.get(0).get(1).reshape(3, 6),
                blocks.get(1).get(0).reshape(6, 3).t());
    }

    // ---- records

    private record Layer<A>(A weights, A bias) {}

    private record Net<A>(List<Layer<A>> layers, A scale, String name, int width) {}

    private static <A extends ArrayOps<A>> A predict(Net<A> net, A x) {
        A y = x;
        for (Layer<A> layer : net.layers) {
            y = y.matmul(layer.weights).add(layer.bias).tanh();
        }
        return y.mul(net.scale);
    }

    private final Net<FloatArray> net = new Net<>(
            List.of(new Layer<>(random(7, 3, 4), random(8, 4)), new Layer<>(random(9, 4, 2), random(10, 2))),
            FloatArray.scalar(3),
            "net",
            4);

    private static List<FloatArray> arrays(Net<FloatArray> net) {
        List<FloatArray> all = new ArrayList<>();
        for (Layer<FloatArray> layer : net.layers) {
            all.add(layer.weights);
            all.add(layer.bias);
        }
        all.add(net.scale);
        return all;
    }

    @Test
    void byEachArrayOfARecord() {
        AdjointArray x = AdjointArray.constant(X);
        Function<Net<AdjointArray>, AdjointArray> loss =
                n -> predict(n, x).square().sum();
        Net<FloatArray> gradient = Gradients.grad(loss, net);
        assertEquals("net", gradient.name);
        assertEquals(4, gradient.width);
        List<FloatArray> byList = Gradients.grad(
                a -> predict(
                                new Net<>(
                                        List.of(new Layer<>(a.get(0), a.get(1)), new Layer<>(a.get(2), a.get(3))),
                                        a.get(4),
                                        "",
                                        0),
                                x)
                        .square()
                        .sum(),
                arrays(net));
        assertEquals(byList, arrays(gradient));
        assertEquals(gradient, Gradients.valueAndGrad(loss, net).grad());
        assertEquals(gradient, Gradients.vjp(loss, net).pull(FloatArray.scalar(1)));
        Gradients.ValueAndGradWithAux<FloatArray, Net<FloatArray>, String> all =
                Gradients.valueAndGradWithAux((Net<AdjointArray> n) -> new Gradients.Aux<>(loss.apply(n), n.name), net);
        assertEquals("net", all.aux());
        assertEquals(gradient, all.grad());
    }

    @Test
    void forwardAlongARecord() {
        DualArray x = DualArray.constant(X);
        Function<Net<DualArray>, DualArray> f = n -> predict(n, x);
        FloatArray tangent = Gradients.jvp(f, net, net).tangent();
        assertClose(tangent, Gradients.linearize(f, net).push(net));
        Net<FloatArray> jacobian = Gradients.jacobianForward(f, net);
        AdjointArray constant = AdjointArray.constant(X);
        Net<FloatArray> reverse = Gradients.jacobianReverse((Net<AdjointArray> n) -> predict(n, constant), net);
        FloatArray sum = FloatArray.zeros(2);
        for (int i = 0; i < 5; i++) {
            assertClose(arrays(jacobian).get(i), arrays(reverse).get(i));
            sum = sum.add(arrays(jacobian)
                    .get(i)
                    .reshape(2, -1)
                    .matmul(arrays(net).get(i).reshape(-1)));
        }
        assertClose(tangent, sum);
    }

    @Test
    void secondDerivativesAlongARecord() {
        AdjointArray x = AdjointArray.constant(X);
        Function<Net<AdjointArray>, AdjointArray> loss =
                n -> predict(n, x).square().sum();
        Net<FloatArray> product = Gradients.hvp(loss, net, net);
        // the same by a difference of gradients along the net itself
        Net<FloatArray> after = Gradients.grad(loss, scaled(1.01f));
        Net<FloatArray> before = Gradients.grad(loss, scaled(0.99f));
        for (int i = 0; i < 5; i++) {
            FloatArray difference =
                    arrays(after).get(i).sub(arrays(before).get(i)).div(0.02f);
            FloatArray got = arrays(product).get(i);
            assertTrue(got.closeTo(difference, 1e-2, 2e-2), () -> difference + " " + got);
        }
    }

    private Net<FloatArray> scaled(float by) {
        List<Layer<FloatArray>> layers = net.layers.stream()
                .map(layer -> new Layer<>(layer.weights.mul(by), layer.bias.mul(by)))
                .toList();
        return new Net<>(layers, net.scale.mul(by), net.name, net.width);
    }

    private record Fixed(FloatArray weights) {}

    private record WithAdjoint<A>(A weights) {}

    @Test
    void recordsThatCannotHoldOtherArraysAreRefused() {
        Function<Fixed, AdjointArray> f = fixed -> AdjointArray.constant(fixed.weights);
        assertEquals(
                "grad: component weights of Fixed is declared as FloatArray and cannot hold an AdjointArray; declare"
                        + " the record as Fixed<A>, with arrays of type A",
                assertThrows(IllegalArgumentException.class, () -> Gradients.grad(f, new Fixed(X)))
                        .getMessage());
        Function<WithAdjoint<AdjointArray>, AdjointArray> g = r -> r.weights.sum();
        assertEquals(
                "grad: WithAdjoint.weights is of type AdjointArray; a record is differentiated with its arrays as"
                        + " FloatArrays",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Gradients.grad(g, new WithAdjoint<>(AdjointArray.constant(X))))
                        .getMessage());
    }

    // ---- unused arguments, and what is refused

    @Test
    void anUnusedArgumentHasZerosOrIsRefused() {
        Function<List<AdjointArray>, AdjointArray> first =
                x -> x.get(0).square().sum();
        List<FloatArray> x = List.of(X, FloatArray.ones(2, 2));
        assertEquals(FloatArray.zeros(2, 2), Gradients.grad(first, x).get(1));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> Gradients.grad(first, x, GradientOption.REFUSE_UNUSED))
                .getMessage();
        assertEquals("grad: the result does not depend on argument 1 of shape 2x2", message);
        Gradients.Vjp<FloatArray, List<FloatArray>> vjp = Gradients.vjp(first, x, GradientOption.REFUSE_UNUSED);
        assertThrows(IllegalArgumentException.class, () -> vjp.pull(FloatArray.scalar(1)));
    }

    @Test
    void aFunctionOfNothingHasZeros() {
        AdjointArray one = AdjointArray.variable(FloatArray.scalar(1));
        assertEquals(FloatArray.zeros(3), Gradients.grad(x -> one, X));
        assertEquals(FloatArray.zeros(3), Gradients.grad(x -> one.mul(2), X));
        assertEquals(FloatArray.zeros(3), Gradients.jacobianForward(x -> DualArray.constant(one), X));
        assertEquals(
                FloatArray.scalar(0),
                Gradients.linearize(x -> DualArray.constant(one), X).push(V));
        assertNull(one.grad());
    }

    @Test
    void theFunctionMayReturnItsArgument() {
        FloatArray x = FloatArray.scalar(3);
        assertEquals(FloatArray.scalar(1), Gradients.grad(a -> a, x));
        assertEquals(
                FloatArray.scalar(1),
                Gradients.jvp(a -> a, x, FloatArray.scalar(1)).tangent());
        assertEquals(FloatArray.eye(3), Gradients.jacobianReverse(a -> a, X));
        assertEquals(FloatArray.eye(3), Gradients.jacobianForward(a -> a, X));
        assertEquals(V, Gradients.linearize(a -> a, X).push(V));
        assertEquals(FloatArray.scalar(0), Gradients.hvp(a -> a, x, FloatArray.scalar(1)));
    }

    @Test
    void errorsNameTheFunctionAndTheShapes() {
        assertRefused(
                "grad: the function's result has shape 3, and only a result of one element has a gradient; see vjp and"
                        + " jacobianReverse",
                () -> Gradients.grad(AdjointArray::exp, X));
        assertRefused(
                "vjp: a gradient of shape 2 for a result of shape 3",
                () -> Gradients.vjp(AdjointArray::exp, X).pull(FloatArray.of(1, 1)));
        assertRefused(
                "jvp: a tangent of shape 2 for argument 0 of shape 3",
                () -> Gradients.jvp(DualArray::exp, X, FloatArray.of(1, 1)));
        assertRefused(
                "hvp: 1 tangents for 2 arguments",
                () -> Gradients.hvp(x -> x.getFirst().sum(), List.of(X, X), List.of(X)));
        assertRefused(
                "linearize: a tangent of shape 2 for argument 0 of shape 3",
                () -> Gradients.linearize(DualArray::exp, X).push(FloatArray.of(1, 1)));
        assertRefused(
                "grad: there is no array among the arguments",
                () -> Gradients.grad(x -> x.getFirst(), List.<FloatArray>of()));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }

    @Test
    void aVolatileResultIsRefusedByName() {
        AdjointArray photo = AdjointArray.volatileOf(X).named("photo");
        assertEquals(
                "grad: the function's result is volatile because of the volatile leaf 'photo' of shape 3, so it has no"
                        + " gradient",
                assertThrows(
                                IllegalStateException.class,
                                () -> Gradients.grad(x -> x.mul(photo).sum(), X))
                        .getMessage());
    }

    // ---- what is left alone

    @Test
    void noLeafIsTouched() {
        AdjointArray w = AdjointArray.variable(V);
        AdjointArray x = AdjointArray.variable(X);
        AdjointArray hidden = w.mul(2).retainGrad();
        Function<AdjointArray, AdjointArray> f =
                a -> a.mul(hidden).mul(w).square().sum();
        DualArray fixed = DualArray.constant(w);
        Gradients.grad(f, x);
        Gradients.grad(f, X);
        Gradients.valueAndGrad(f, x);
        Gradients.vjp(f, x).pull(AdjointArray.constant(FloatArray.scalar(1)));
        Gradients.jacobianReverse(f, x);
        Gradients.hessian(f, x);
        Gradients.hvp(f, x, x);
        Gradients.jvp(a -> a.mul(fixed), x, x);
        Gradients.jacobianForward(a -> a.mul(fixed), x);
        Gradients.linearize(a -> a.mul(fixed), x).push(x);
        assertNull(w.grad());
        assertNull(x.grad());
        assertNull(hidden.grad());
        hidden.sum().backward(); // and the graph that the function closed over is whole
        assertEquals(FloatArray.of(2, 2, 2), w.grad());
    }

    @Test
    void closuresThatLeadToNoArgumentAreNotRun() {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        Rule counted = Rule.of(
                "counted",
                x -> x[0].mul(x[1]),
                new Rule.Partial((x, y, t) -> t.mul(x[1]), (x, y) -> {
                    AdjointArray other = x[1];
                    return g -> {
                        first.incrementAndGet();
                        return g.mul(other);
                    };
                }),
                new Rule.Partial((x, y, t) -> t.mul(x[0]), (x, y) -> {
                    AdjointArray other = x[0];
                    return g -> {
                        second.incrementAndGet();
                        return g.mul(other);
                    };
                }));
        AdjointArray w = AdjointArray.variable(V);
        FloatArray gradient =
                Gradients.grad(x -> counted.apply(x, counted.apply(w, w)).sum(), X);
        assertEquals(V.mul(V), gradient);
        assertEquals(List.of(1, 0), List.of(first.get(), second.get()));
    }

    @Test
    void forwardDerivativesOfPlainNumbersRecordNothing() {
        AtomicInteger recorded = new AtomicInteger();
        Rule counted = Rule.of(
                "counted",
                x -> x[0].mul(x[1]),
                Rule.diagonal((x, y) -> g -> g.mul(x[1])),
                new Rule.Partial((x, y, t) -> t.mul(x[0]), (x, y) -> {
                    recorded.incrementAndGet();
                    AdjointArray other = x[0];
                    return g -> g.mul(other);
                }));
        AdjointArray w = AdjointArray.variable(V);
        assertEquals(
                V,
                Gradients.jvp(x -> counted.apply(x, DualArray.constant(w)), X, FloatArray.ones(3))
                        .tangent());
        assertEquals(0, recorded.get());
        Gradients.jvp(x -> counted.apply(x, DualArray.constant(w)), AdjointArray.constant(X), AdjointArray.constant(V));
        assertEquals(1, recorded.get(), "adjoint arrays are recorded as ever");
        recorded.set(0);
        Gradients.hvp(x -> counted.apply(x, w).square().sum(), X, V);
        assertEquals(1, recorded.get(), "once for the gradient, and not again for its tangent");
    }

    @Test
    void aGraphThatWasFreedOutsideDoesNotMatter() {
        AdjointArray w = AdjointArray.variable(V);
        AdjointArray hidden = w.square();
        hidden.sum().backward();
        assertEquals(V.square(), Gradients.grad(x -> x.mul(hidden).sum(), X));
        assertEquals(
                V.square(),
                Gradients.grad(x -> x.mul(hidden).sum(), AdjointArray.variable(X))
                        .value());
    }

    @Test
    void aGraphThatTheFunctionFreedItselfDoes() {
        assertThrows(
                IllegalStateException.class,
                () -> Gradients.grad(
                        x -> {
                            AdjointArray w = AdjointArray.variable(V);
                            AdjointArray y = x.mul(w);
                            y.sum().backward();
                            return y.sum();
                        },
                        X));
    }

    @Test
    void aBackwardPassWithinTheFunctionReachesLeavesOnly() {
        AdjointArray w = AdjointArray.variable(V);
        FloatArray gradient = Gradients.grad(
                x -> {
                    x.mul(w).sum().backward();
                    assertNull(x.grad());
                    return x.square().sum();
                },
                X);
        assertEquals(X, w.grad());
        assertEquals(X.mul(2), gradient);
    }

    @Test
    void hooksOfTheFunctionsOwnArraysRun() {
        FloatArray gradient = Gradients.grad(
                x -> {
                    x.registerHook(g -> g.mul(10));
                    AdjointArray y = x.square();
                    y.registerHook(g -> g.add(1));
                    return y.sum();
                },
                X);
        assertEquals(X.mul(2).mul(2).mul(10), gradient);
    }

    @Test
    void theGraphIsFreedWhereOnlyNumbersAreWanted() {
        List<AdjointArray> inner = new ArrayList<>();
        Gradients.grad(
                x -> {
                    inner.add(x.exp());
                    return inner.getFirst().sum();
                },
                X);
        assertTrue(inner.getFirst().trackedNode().freed());
        inner.clear();
        Gradients.Vjp<FloatArray, FloatArray> vjp = Gradients.vjp(
                x -> {
                    inner.add(x.exp());
                    return inner.getFirst().sum();
                },
                X);
        vjp.pull(FloatArray.scalar(1));
        assertFalse(inner.getFirst().trackedNode().freed());
    }
}
