package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.RuleCases.Case;
import dev.lanewise.autodiff.RuleCases.Domain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every rule through {@link GradientCheck}: both modes and second order, over shapes and layouts. */
class RulesTest {

    /** How an operand lies in its storage. */
    enum Layout {
        DENSE,
        TRANSPOSED,
        SLICED
    }

    @TestFactory
    Stream<DynamicTest> everyDerivativeIsRight() {
        return RuleCases.all().stream().map(rule -> DynamicTest.dynamicTest(rule.name(), () -> check(rule)));
    }

    private static void check(Case rule) {
        TracedFunction function = new TracedFunction(rule.function());
        GradientCheck check = GradientCheck.of(rule.name(), function);
        List<String> failures = new ArrayList<>();
        for (String shapes : rule.shapes()) {
            for (Layout layout : Layout.values()) {
                FloatArray[] operands = operands(rule.domain(), shapes, layout);
                valuesAgree(function, operands);
                check.failures(operands).forEach(failure -> failures.add(layout + " " + failure));
            }
        }
        assertEquals("", String.join("\n", failures));
    }

    /**
     * The value of an adjoint array is what {@link GradientCheck} sees; the others must be it too. Plain arrays compute
     * some composite operations in one go, so theirs may be rounded otherwise.
     */
    private static void valuesAgree(TracedFunction function, FloatArray[] operands) {
        FloatArray adjoint = function.apply(
                        Arrays.stream(operands).map(AdjointArray::variable).toList())
                .value();
        FloatArray dual = function.apply(
                        Arrays.stream(operands).map(DualArray::constant).toList())
                .value();
        FloatArray plain = function.apply(List.of(operands));
        assertEquals(adjoint, dual);
        assertTrue(plain.closeTo(adjoint, 1e-6, 1e-6), () -> "plain " + plain + " adjoint " + adjoint);
    }

    static FloatArray[] operands(Domain domain, String shapes, Layout layout) {
        List<Shape> parsed =
                Arrays.stream(shapes.split(" ")).map(RulesTest::shape).toList();
        List<Float> numbers =
                numbers(domain, parsed.stream().mapToInt(Shape::size).sum());
        FloatArray[] operands = new FloatArray[parsed.size()];
        int next = 0;
        for (int i = 0; i < operands.length; i++) {
            float[] elements = new float[parsed.get(i).size()];
            for (int j = 0; j < elements.length; j++) {
                elements[j] = numbers.get(next++);
            }
            operands[i] = laidOut(FloatArray.wrap(elements, parsed.get(i)), layout);
        }
        return operands;
    }

    static Shape shape(String text) {
        return text.equals("scalar")
                ? Shape.scalar()
                : Shape.of(Arrays.stream(text.split("x"))
                        .mapToInt(Integer::parseInt)
                        .toArray());
    }

    /**
     * Numbers between -2 and 2 (or 0.25 and 4.25), all different by at least 1/64 and that far from every multiple of
     * 1/32 but for a little: no comparison among them or with such a bound is near a tie.
     */
    private static List<Float> numbers(Domain domain, int count) {
        Random random = new Random(count);
        List<Integer> places = new ArrayList<>();
        for (int i = 0; i < 128; i++) {
            places.add(i);
        }
        Collections.shuffle(places, random);
        List<Float> numbers = new ArrayList<>();
        for (int place : places.subList(0, count)) {
            float start = domain == Domain.POSITIVE ? 0.25f : -2;
            numbers.add(start + place / 32f + 1 / 64f + (random.nextFloat() - 0.5f) / 128);
        }
        return numbers;
    }

    /** The same elements as a view of other storage. */
    private static FloatArray laidOut(FloatArray dense, Layout layout) {
        return switch (layout) {
            case DENSE -> dense;
            case TRANSPOSED ->
                FloatArray.wrap(dense.transpose().toArray(), dense.transpose().shape())
                        .transpose();
            case SLICED -> {
                Index[] everySecond = new Index[dense.rank()];
                int[] dims = dense.shape().dims();
                for (int i = 0; i < dims.length; i++) {
                    everySecond[i] = Index.range(1, 1 + 2 * dims[i], 2);
                    dims[i] = 2 * dims[i] + 1;
                }
                yield dense.place(Shape.of(dims), everySecond).add(0).slice(everySecond);
            }
        };
    }
}
