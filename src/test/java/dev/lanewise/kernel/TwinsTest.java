package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The vector kernels against their scalar twins, bit for bit, over the lengths and offsets at which vector code goes
 * wrong. Every method of the contracts is called through reflection, so that none can be forgotten; one whose arguments
 * are of a new kind fails here until this test learns to make them.
 */
class TwinsTest {

    /** Around nothing, around one and several vectors of 4, 8 and 16 lanes, around a block of 64, and some odd ones. */
    private static final int[] LENGTHS = {0, 1, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 63, 64, 65, 127, 129, 207, 4098};

    private static final int[] OFFSETS = {0, 1, 5};

    /** Stands around every result; nothing may write there. */
    private static final float GUARD = 12345.678f;

    private static final float[] SPECIAL = {
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        0f,
        -0f,
        Float.MIN_VALUE,
        -Float.MIN_VALUE,
        Float.MIN_NORMAL / 2,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        -Float.MAX_VALUE,
        1f,
        -1f,
        0.5f,
        88.8f,
        -104f,
        1e-30f,
        16777216f,
        1e10f,
        -3f
    };

    private static final KernelProvider SCALAR = load("dev.lanewise.kernel.scalar.ScalarKernels");
    private static final KernelProvider VECTOR = load("dev.lanewise.kernel.vector.VectorKernels");

    private static KernelProvider load(String name) {
        try {
            return Class.forName(name)
                    .asSubclass(KernelProvider.class)
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the tests need both kernels, and " + name + " cannot be made", e);
        }
    }

    @TestFactory
    Stream<DynamicTest> elementwise() {
        return twins(ElementwiseKernels.class, SCALAR.elementwise(), VECTOR.elementwise());
    }

    @TestFactory
    Stream<DynamicTest> reductions() {
        return twins(ReductionKernels.class, SCALAR.reductions(), VECTOR.reductions());
    }

    private static Stream<DynamicTest> twins(Class<?> contract, Object scalar, Object vector) {
        return Arrays.stream(contract.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .sorted(Comparator.comparing(Method::getName))
                .map(method -> DynamicTest.dynamicTest(method.getName(), () -> compare(method, scalar, vector)));
    }

    private static void compare(Method method, Object scalar, Object vector) throws ReflectiveOperationException {
        int compared = 0;
        for (int n : LENGTHS) {
            if (n == 0 && List.of("max", "min", "argmax").contains(method.getName())) {
                continue; // the contract asks for one element at least
            }
            for (int offset : OFFSETS) {
                for (boolean special : new boolean[] {false, true}) {
                    for (int variant = 0; variant < variants(method); variant++) {
                        Call first = new Call(method, n, offset, special, variant);
                        Call second = new Call(method, n, offset, special, variant);
                        Object expected = first.invoke(scalar);
                        Object actual = second.invoke(vector);
                        String where = method.getName() + " n=" + n + " offset=" + offset + " variant=" + variant
                                + (special ? " special values" : "");
                        assertEquals(bits(expected), bits(actual), where);
                        assertSame(first.output, second.output, where);
                        first.assertGuarded(where);
                        second.assertGuarded(where);
                        compared++;
                    }
                }
            }
        }
        assertEquals(0, compared % variants(method));
        if (compared < 100) {
            fail(method.getName() + " was called only " + compared + " times");
        }
    }

    /** The ways in which the steps of the operands can be chosen, and in place beside. */
    private static int variants(Method method) {
        long steps = Arrays.stream(method.getParameters())
                .filter(p -> p.getName().endsWith("Step"))
                .count();
        return (1 << steps) + (method.getReturnType() == void.class ? 1 : 0);
    }

    /** One call: arguments made from their names, as the contracts use them. */
    private static final class Call {
        private final Method method;
        private final Object[] arguments;
        private final int from;
        private final int count;
        private final float[] output;

        Call(Method method, int n, int offset, boolean special, int variant) {
            this.method = method;
            Parameter[] parameters = method.getParameters();
            this.arguments = new Object[parameters.length];
            Random random = new Random(31L * n + offset + variant);
            boolean rows = Arrays.stream(parameters).anyMatch(p -> p.getName().equals("rows"));
            boolean copies = method.getName().equals("copy");
            boolean inPlace = variant == variants(method) - 1 && method.getReturnType() == void.class && !rows;
            int height = rows ? 1 + n % 5 + (n == 207 ? 200 : 0) : 1;
            int rowStride = n + 3;
            int size = offset + height * rowStride + n * 2 + 64;
            float[] result = new float[0];
            int start = offset + 2;
            int step = 0;
            for (int i = 0; i < parameters.length; i++) {
                String name = parameters[i].getName();
                Class<?> type = parameters[i].getType();
                if (type == float[].class) {
                    boolean writes = name.equals("y");
                    if (writes && inPlace) {
                        result = (float[]) arguments[1];
                        arguments[i] = result;
                        start = offset;
                    } else if (writes) {
                        result = new float[height * n + offset + 64];
                        Arrays.fill(result, GUARD);
                        arguments[i] = result;
                    } else {
                        arguments[i] = numbers(random, size, special);
                    }
                } else if (name.equals("yo")) {
                    arguments[i] = start;
                } else if (name.equals("n") || name.equals("columns")) {
                    arguments[i] = n;
                } else if (name.equals("rows")) {
                    arguments[i] = height;
                } else if (name.equals("rowStride")) {
                    arguments[i] = rowStride;
                } else if (name.equals("columnStride")) {
                    arguments[i] = variant == 0 ? 1 : 2;
                } else if (name.endsWith("Step")) {
                    boolean unit = inPlace || (variant >> step++ & 1) == 0;
                    arguments[i] = unit ? 1 : 0;
                } else if (type == int.class && name.length() == 2 && name.endsWith("o")) {
                    arguments[i] = offset;
                } else if (type == float.class) {
                    arguments[i] = List.of("low", "high", "center").indexOf(name) - 0.75f;
                } else {
                    throw new AssertionError(method + ": this test does not know how to make " + name);
                }
            }
            this.output = result;
            this.from = start;
            this.count = result.length == 0 ? 0 : inPlace ? result.length - start : (copies ? height * n : n);
        }

        Object invoke(Object kernels) throws ReflectiveOperationException {
            try {
                Object result = method.invoke(kernels, arguments);
                return result == null ? "nothing" : result;
            } catch (InvocationTargetException e) {
                throw new AssertionError(method.getName() + Arrays.toString(arguments), e.getCause());
            }
        }

        void assertGuarded(String where) {
            for (int i = 0; i < output.length; i++) {
                if ((i < from || i >= from + count) && output[i] != GUARD && count + from < output.length) {
                    fail(where + " wrote " + output[i] + " at " + (i - from) + ", outside the result of " + count);
                }
            }
        }
    }

    private static float[] numbers(Random random, int size, boolean special) {
        float[] numbers = new float[size];
        for (int i = 0; i < size; i++) {
            float magnitude = (float) Math.exp(random.nextGaussian() * 2);
            numbers[i] = special && random.nextInt(4) == 0
                    ? SPECIAL[random.nextInt(SPECIAL.length)]
                    : random.nextBoolean() ? magnitude : -magnitude;
        }
        return numbers;
    }

    private static void assertSame(float[] expected, float[] actual, String where) {
        List<String> differences = new ArrayList<>();
        for (int i = 0; i < expected.length; i++) {
            if (Float.floatToIntBits(expected[i]) != Float.floatToIntBits(actual[i])) {
                differences.add(i + ": " + expected[i] + " but " + actual[i]);
            }
        }
        if (!differences.isEmpty()) {
            fail(where + ": " + differences.size() + " differ, first " + differences.getFirst());
        }
    }

    private static Object bits(Object result) {
        return result instanceof Float number ? Float.floatToIntBits(number) : result;
    }
}
