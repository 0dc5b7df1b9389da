package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.RuleCases.Case;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Values never change, so a graph cannot be used after what it keeps was written over: there is nothing to write with,
 * and nothing within the library writes.
 */
class ImmutabilityTest {

    // ---- nothing to write with

    @Test
    void anArrayHasNoFieldThatCanBeReachedOrSet() {
        for (Class<?> type : List.of(FloatArray.class, Shape.class)) {
            assertTrue(Modifier.isFinal(type.getModifiers()));
            for (Field field : type.getDeclaredFields()) {
                assertTrue(Modifier.isFinal(field.getModifiers()), field::toString);
                assertFalse(
                        Modifier.isPublic(field.getModifiers()) || Modifier.isProtected(field.getModifiers()),
                        field::toString);
            }
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                assertFalse(Modifier.isPublic(constructor.getModifiers()), constructor::toString);
            }
        }
    }

    @Test
    void theOnlyWaysForNumbersInAndOutAreKnown() {
        // A method that takes or gives a float[] is one more way to reach storage: look at it before adding it here.
        Set<String> ways = new TreeSet<>();
        for (Method method : FloatArray.class.getMethods()) {
            Stream<Class<?>> types =
                    Stream.concat(Stream.of(method.getReturnType()), Arrays.stream(method.getParameterTypes()));
            if (types.anyMatch(type -> type == float[].class || type == float[][].class)) {
                ways.add(method.getName()
                        + Arrays.stream(method.getParameterTypes())
                                .map(Class::getSimpleName)
                                .collect(Collectors.joining(", ", "(", ")")));
            }
        }
        assertEquals(
                new TreeSet<>(Set.of(
                        "copyTo(float[], int)",
                        "of(float[])",
                        "of(float[], int[])",
                        "of(float[][])",
                        "toArray()",
                        "wrap(float[])", // the caller gives the array away, and wrap says so
                        "wrap(float[], int[])",
                        "wrap(float[], Shape)")),
                ways);
    }

    @Test
    void whatGoesInAndOutIsCopied() {
        float[] numbers = {1, 2, 3, 4};
        float[][] rows = {{1, 2}, {3, 4}};
        FloatArray vector = FloatArray.of(numbers);
        FloatArray matrix = FloatArray.of(numbers, 2, 2);
        FloatArray ofRows = FloatArray.of(rows);
        float[] out = new float[4];
        matrix.copyTo(out, 0);
        Arrays.fill(numbers, 9);
        Arrays.fill(rows[0], 9);
        Arrays.fill(out, 9);
        Arrays.fill(vector.toArray(), 9);
        Arrays.fill(matrix.t().toArray(), 9);
        Arrays.fill(matrix.shape().dims(), 9);
        assertEquals(FloatArray.of(1, 2, 3, 4), vector);
        assertEquals(FloatArray.of(new float[] {1, 2, 3, 4}, 2, 2), matrix);
        assertEquals(matrix, ofRows);
    }

    @Test
    void noRuleGetsHoldOfTheOperandsOfAGraph() {
        FloatArray other = FloatArray.of(9, 9);
        Rule thief = Rule.of(
                "thief",
                x -> {
                    FloatArray sum = x[0].add(x[1]);
                    x[0] = other; // its own list of operands, and nobody else's
                    return sum;
                },
                Rule.constant(t -> t, g -> g),
                Rule.constant(t -> t, g -> g));
        AdjointArray a = AdjointArray.variable(FloatArray.of(1, 2));
        AdjointArray b = AdjointArray.variable(FloatArray.of(3, 4));
        AdjointArray[] operands = {a, b};
        AdjointArray sum = thief.apply(operands);
        operands[0] = AdjointArray.constant(other);
        assertEquals(FloatArray.of(4, 6), sum.value());
        assertEquals(FloatArray.of(1, 2), a.value());
        sum.backward(FloatArray.of(1, 1));
        assertEquals(FloatArray.of(1, 1), a.grad());
    }

    @Test
    void aGraphPullsThroughTheNumbersThatItWasBuiltWithWhateverTheParameterHoldsNow() {
        AdjointArray[] parameter = {AdjointArray.variable(FloatArray.scalar(3))};
        AdjointArray leaf = parameter[0];
        AdjointArray loss = parameter[0].square();
        parameter[0] = AdjointArray.variable(FloatArray.scalar(100)); // an update: a new leaf in its place
        loss.backward();
        assertEquals(FloatArray.scalar(6), leaf.grad());
    }

    // ---- nothing within the library writes

    /** Arrays, and the numbers that they held when they were first seen. */
    private static final class Witness {
        private final IdentityHashMap<FloatArray, float[]> seen = new IdentityHashMap<>();

        FloatArray watch(FloatArray array) {
            seen.computeIfAbsent(array, FloatArray::toArray);
            return array;
        }

        void watch(AdjointArray array) {
            watch(array.value());
        }

        void assertUnchanged(String after) {
            seen.forEach((array, numbers) -> assertTrue(
                    Arrays.equals(bits(numbers), bits(array.toArray())),
                    () -> after + " changed an array from " + Arrays.toString(numbers) + " to " + array));
        }

        private static int[] bits(float[] numbers) {
            int[] bits = new int[numbers.length];
            Arrays.setAll(bits, i -> Float.floatToRawIntBits(numbers[i]));
            return bits;
        }
    }

    @TestFactory
    Stream<DynamicTest> noOperationChangesAnArrayInAnyMode() {
        return RuleCases.all().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.name(), () -> assertChangesNothing(rule)));
    }

    private static void assertChangesNothing(Case rule) {
        TracedFunction function = new TracedFunction(rule.function());
        for (String shapes : rule.shapes()) {
            Witness witness = new Witness();
            List<FloatArray> x = new ArrayList<>();
            for (FloatArray operand : RulesTest.operands(rule.domain(), shapes, RulesTest.Layout.SLICED)) {
                x.add(witness.watch(operand));
            }
            FloatArray y = witness.watch(function.apply(x));
            FloatArray w = witness.watch(FloatArray.ones(y.shape()));
            for (boolean create : List.of(false, true)) {
                List<AdjointArray> leaves =
                        x.stream().map(AdjointArray::variable).toList();
                // Used twice, so that gradients are added up; hooks see them before that.
                AdjointArray result = function.apply(leaves);
                AdjointArray sum = result.add(result).add(function.apply(leaves));
                for (AdjointArray array :
                        Stream.concat(leaves.stream(), Stream.of(result, sum)).toList()) {
                    witness.watch(array);
                    if (array.requiresGrad()) {
                        array.registerHook(g -> {
                            witness.watch(g);
                            return null;
                        });
                    }
                }
                if (sum.requiresGrad()) {
                    sum.backward(w, create ? BackwardOption.CREATE_GRAPH : BackwardOption.RETAIN_GRAPH);
                    for (AdjointArray leaf : leaves) {
                        if (leaf.adjoint() != null) {
                            witness.watch(leaf.adjoint());
                        }
                    }
                    sum.backward(w);
                }
            }
            List<FloatArray> along = x.stream()
                    .map(a -> witness.watch(FloatArray.ones(a.shape())))
                    .toList();
            Gradients.jvp(function::<DualArray>apply, x, along);
            Gradients.hvp(a -> function.<AdjointArray>apply(a).sum(), x, along);
            witness.assertUnchanged(rule.name() + " " + shapes);
        }
    }

    @Test
    void theWitnessSees() {
        float[] mine = {1, 2};
        Witness witness = new Witness();
        witness.watch(FloatArray.wrap(mine));
        mine[0] = 3; // what wrap tells its caller never to do
        assertThrows(AssertionError.class, () -> witness.assertUnchanged("writing"));
    }
}
