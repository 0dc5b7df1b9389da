package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.array.Operand.Numbers;
import dev.lanewise.kernel.ErrorFunction;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.UnaryOperator;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Elementwise operations against plain loops, for operands in every guise and all ways to broadcast. */
class ElementwisePropertyTest {

    private record Both(BinaryOperator<FloatArray> array, DoubleBinaryOperator plain) {}

    private record One(UnaryOperator<FloatArray> array, DoubleUnaryOperator plain) {}

    /** Correctly rounded or exact, so nothing but the true float will do. */
    private static final Map<String, Both> EXACT = Map.ofEntries(
            Map.entry("add", new Both(FloatArray::add, (a, b) -> a + b)),
            Map.entry("sub", new Both(FloatArray::sub, (a, b) -> a - b)),
            Map.entry("mul", new Both(FloatArray::mul, (a, b) -> a * b)),
            Map.entry("div", new Both(FloatArray::div, (a, b) -> a / b)),
            Map.entry("maximum", new Both(FloatArray::maximum, Math::max)),
            Map.entry("minimum", new Both(FloatArray::minimum, Math::min)),
            Map.entry("eq", new Both(FloatArray::eq, (a, b) -> a == b ? 1 : 0)),
            Map.entry("ne", new Both(FloatArray::ne, (a, b) -> a != b ? 1 : 0)),
            Map.entry("lt", new Both(FloatArray::lt, (a, b) -> a < b ? 1 : 0)),
            Map.entry("le", new Both(FloatArray::le, (a, b) -> a <= b ? 1 : 0)),
            Map.entry("gt", new Both(FloatArray::gt, (a, b) -> a > b ? 1 : 0)),
            Map.entry("ge", new Both(FloatArray::ge, (a, b) -> a >= b ? 1 : 0)));

    private static final Map<String, One> UNARY = Map.ofEntries(
            Map.entry("neg", new One(FloatArray::neg, a -> -a)),
            Map.entry("abs", new One(FloatArray::abs, Math::abs)),
            Map.entry("exp", new One(FloatArray::exp, Math::exp)),
            Map.entry("log", new One(FloatArray::log, Math::log)),
            Map.entry("sqrt", new One(FloatArray::sqrt, Math::sqrt)),
            Map.entry("square", new One(FloatArray::square, a -> a * a)),
            Map.entry("reciprocal", new One(FloatArray::reciprocal, a -> 1 / a)),
            Map.entry("sin", new One(FloatArray::sin, Math::sin)),
            Map.entry("cos", new One(FloatArray::cos, Math::cos)),
            Map.entry("tanh", new One(FloatArray::tanh, Math::tanh)),
            Map.entry("sigmoid", new One(FloatArray::sigmoid, a -> 1 / (1 + Math.exp(-a)))),
            Map.entry("erf", new One(FloatArray::erf, ErrorFunction::erf)),
            Map.entry("expm1", new One(FloatArray::expm1, Math::expm1)),
            Map.entry("log1p", new One(FloatArray::log1p, Math::log1p)),
            Map.entry("rsqrt", new One(FloatArray::rsqrt, x -> 1 / Math.sqrt(x))),
            Map.entry(
                    "gelu",
                    new One(FloatArray::gelu, a -> a < -30 ? -0.0 : a * 0.5 * ErrorFunction.erfc(-a * Math.sqrt(0.5)))),
            Map.entry("silu", new One(FloatArray::silu, a -> a < -200 ? -0.0 : a / (1 + Math.exp(-a)))),
            Map.entry(
                    "softplus",
                    new One(FloatArray::softplus, x -> Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))))),
            Map.entry("leakyRelu", new One(a -> a.leakyRelu(0.1f), a -> a > 0 ? a : 0.1f * a)),
            Map.entry("elu", new One(a -> a.elu(0.7f), a -> a > 0 ? a : 0.7f * Math.expm1(a))),
            Map.entry(
                    "geluTanh",
                    new One(
                            FloatArray::geluTanh,
                            a -> a * 0.5 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (a + 0.044715 * a * a * a))))),
            Map.entry("relu", new One(FloatArray::relu, a -> Math.max(a, 0))),
            Map.entry("clamp", new One(a -> a.clamp(-1, 2.5f), a -> Math.min(Math.max(a, -1), 2.5))),
            Map.entry("add c", new One(a -> a.add(1.5f), a -> a + 1.5)),
            Map.entry("sub c", new One(a -> a.sub(1.5f), a -> a - 1.5)),
            Map.entry("rsub c", new One(a -> a.rsub(1.5f), a -> 1.5 - a)),
            Map.entry("mul c", new One(a -> a.mul(-3), a -> a * -3)),
            Map.entry("div c", new One(a -> a.div(3), a -> a / 3)),
            Map.entry("pow c", new One(a -> a.pow(3), a -> Math.pow(a, 3))),
            Map.entry("maximum c", new One(a -> a.maximum(.5f), a -> Math.max(a, .5))),
            Map.entry("minimum c", new One(a -> a.minimum(.5f), a -> Math.min(a, .5))),
            Map.entry("eq c", new One(a -> a.eq(.5f), a -> a == .5 ? 1 : 0)),
            Map.entry("ne c", new One(a -> a.ne(.5f), a -> a != .5 ? 1 : 0)),
            Map.entry("lt c", new One(a -> a.lt(.5f), a -> a < .5 ? 1 : 0)),
            Map.entry("le c", new One(a -> a.le(.5f), a -> a <= .5 ? 1 : 0)),
            Map.entry("gt c", new One(a -> a.gt(.5f), a -> a > .5 ? 1 : 0)),
            Map.entry("ge c", new One(a -> a.ge(.5f), a -> a >= .5 ? 1 : 0)));

    @Property(tries = 300)
    void twoOperands(@ForAll long seed) {
        Random random = new Random(seed);
        int[] dims = Operand.dims(random, 0, 5);
        Operand a = Operand.of(random, Numbers.SPECIAL, Operand.broadcasting(random, dims));
        Operand b = Operand.of(random, Numbers.SPECIAL, Operand.broadcasting(random, dims));
        EXACT.forEach((name, op) -> Ref.zip(op.plain, a.ref(), b.ref()).check(op.array.apply(a.array(), b.array()), 0));
    }

    @Property(tries = 100)
    void powers(@ForAll long seed) {
        Random random = new Random(seed);
        int[] dims = Operand.dims(random, 0, 4);
        Operand a = Operand.of(random, Numbers.POSITIVE, Operand.broadcasting(random, dims));
        Operand b = Operand.of(random, Numbers.EXACT, Operand.broadcasting(random, dims));
        Ref.zip(Math::pow, a.ref(), b.ref()).check(a.array().pow(b.array()), 2e-7);
    }

    @Property(tries = 200)
    void oneOperand(@ForAll long seed) {
        Random random = new Random(seed);
        Operand a = Operand.of(random, Numbers.SPECIAL, Operand.dims(random, 0, 4));
        UNARY.forEach((name, op) -> a.ref().map(op.plain).check(op.array.apply(a.array()), 3e-7));
    }

    @Property(tries = 300)
    void choices(@ForAll long seed) {
        Random random = new Random(seed);
        int[] dims = Operand.dims(random, 0, 4);
        Operand c = Operand.of(random, Numbers.SPECIAL, Operand.broadcasting(random, dims));
        Operand a = Operand.of(random, Numbers.SPECIAL, Operand.broadcasting(random, dims));
        Operand b = Operand.of(random, Numbers.SPECIAL, Operand.broadcasting(random, dims));
        int[] result = Ref.broadcast(Ref.broadcast(a.ref().dims, b.ref().dims), c.ref().dims);
        Ref.fill(
                        result,
                        i -> c.ref().repeated(i) != 0
                                ? a.ref().repeated(i)
                                : b.ref().repeated(i))
                .check(a.array().where(c.array(), b.array()), 0);
    }

    /** Planes of every kind: rows shorter and longer than a run, a tile or a scratch, under all stride patterns. */
    @Property(tries = 60)
    void largePlanes(@ForAll long seed) {
        Random random = new Random(seed);
        int rows = 1 + random.nextInt(random.nextBoolean() ? 5 : 150);
        int columns = 1 + random.nextInt(random.nextBoolean() ? 70 : 300);
        int[] dims = random.nextBoolean() ? new int[] {rows, columns} : new int[] {2, rows, columns};
        Operand a = Operand.of(random, Numbers.EXACT, Operand.broadcasting(random, dims));
        Operand b = Operand.of(random, Numbers.EXACT, Operand.broadcasting(random, dims));
        Ref.zip((x, y) -> x - y, a.ref(), b.ref()).check(a.array().sub(b.array()), 0);
    }

    /** So long a row that an even split into tiles leaves a last one of a single column. */
    @Example
    void longestRows() {
        Random random = new Random(1);
        FloatArray wide = FloatArray.rand(random, 16257, 2).t();
        FloatArray other = FloatArray.rand(random, 16257, 2).t();
        Ref expected = Ref.fill(new int[] {2, 16257}, i -> wide.get(i) - other.get(i));
        expected.check(wide.sub(other), 1e-7);
    }

    @Property(tries = 100)
    void sumsGrowInPlaceAsIfByAddition(@ForAll long seed) {
        Random random = new Random(seed);
        int[] dims = Operand.dims(random, 0, 3);
        Operand first = Operand.of(random, Numbers.EXACT, dims);
        Accumulator accumulator = new Accumulator(first.array());
        Ref expected = first.ref();
        for (int i = random.nextInt(5); i > 0; i--) {
            Operand term = Operand.of(random, Numbers.EXACT, dims);
            accumulator.add(term.array());
            expected = Ref.zip(Double::sum, expected, term.ref());
        }
        expected.check(accumulator.value(), 0);
        first.ref().check(first.array(), 0);
        assertEquals(first.array().shape(), accumulator.value().shape());
    }

    /** Of so many numbers as no test has memory for: the kernels only count. */
    @Example
    void theMostNumbersThatAnArrayCanHave() {
        float[] none = {};
        int[] done = new int[2];
        Elementwise.calls(
                (n, x, xo, y, yo) -> {
                    assertEquals(done[0], xo);
                    assertEquals(done[0], yo);
                    done[0] += n;
                },
                Integer.MAX_VALUE,
                none,
                0,
                none,
                0);
        Elementwise.calls(
                (n, a, ao, aStep, b, bo, bStep, y, yo) -> {
                    assertEquals(done[1], ao);
                    assertEquals(3, bo);
                    assertEquals(done[1], yo);
                    done[1] += n;
                },
                Integer.MAX_VALUE,
                none,
                0,
                1,
                none,
                3,
                0,
                none,
                0);
        assertEquals(Integer.MAX_VALUE, done[0]);
        assertEquals(Integer.MAX_VALUE, done[1]);
    }
}
