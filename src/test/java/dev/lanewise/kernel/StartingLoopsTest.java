package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.Twins.Fill;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Loops that begin with the plain ones: who computes, and that it has the same bits while that changes. */
class StartingLoopsTest {

    private static final long NEVER = Long.MAX_VALUE;

    private static final int MARGIN = 9;

    /** The names of the plain loops that were called. */
    private final List<String> calls = new ArrayList<>();

    private <K> K recorded(Class<K> contract, K plain) {
        return contract.cast(Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    return method.invoke(plain, arguments);
                }));
    }

    private ElementwiseKernels elementwise(long ahead) {
        return Twins.VECTOR.startingElementwise(recorded(ElementwiseKernels.class, Twins.SCALAR.elementwise()), ahead);
    }

    private ReductionKernels reductions(long ahead) {
        return Twins.VECTOR.startingReductions(recorded(ReductionKernels.class, Twins.SCALAR.reductions()), ahead);
    }

    private static List<Method> loops(Class<?> contract, Set<String> without) {
        List<Method> loops = new ArrayList<>();
        Set<String> left = new TreeSet<>(without);
        for (Method method : contract.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers()) && !left.remove(method.getName())) {
                loops.add(method);
            }
        }
        assertEquals(Set.of(), left);
        return loops;
    }

    /** As many numbers as are asked for, then for each array its offset and perhaps a step; what stands alone is a number. */
    private static Object[] arguments(Method loop, int n, int steps) {
        Class<?>[] types = loop.getParameterTypes();
        Object[] arguments = new Object[types.length];
        arguments[0] = n;
        int arrays = 0;
        for (int i = 1; i < types.length; i++) {
            if (types[i] == float.class) {
                arguments[i] = 0.25f * i;
            } else if (types[i] == float[].class) {
                arguments[i] = Fill.AWKWARD.run(n + MARGIN, 10L * n + i);
                arrays++;
            } else if (types[i - 1] == float[].class) {
                arguments[i] = 2 * arrays + 1;
            } else {
                arguments[i] = steps >> arrays - 1 & 1;
            }
        }
        return arguments;
    }

    private static Object call(Object kernels, Method loop, Object[] arguments) {
        try {
            return loop.invoke(kernels, arguments);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("cannot call " + loop, e);
        }
    }

    /** Calls a loop of both, and compares what they return and all of their arrays. */
    private static void requireSame(Object plain, Object starting, Method loop, int n, int steps) {
        Object[] expected = arguments(loop, n, steps);
        Object[] actual = arguments(loop, n, steps);
        String what = loop.getName() + ", n = " + n;
        assertEquals(call(plain, loop, expected), call(starting, loop, actual), what);
        for (int i = 0; i < expected.length; i++) {
            if (expected[i] instanceof float[] array) {
                assertArrayEquals(array, (float[]) actual[i], what);
            }
        }
    }

    private void check(Object plain, Object fresh, Object practising, List<Method> loops) {
        for (Method loop : loops) {
            for (int n : Twins.SIZES) {
                for (int steps = 0; steps < 4 && n > 0; steps++) {
                    calls.clear();
                    requireSame(plain, fresh, loop, n, steps);
                    assertEquals(List.of(loop.getName()), calls);
                    requireSame(plain, practising, loop, n, steps);
                }
            }
        }
        ((Starting) fresh).end();
        calls.clear();
        for (Method loop : loops) {
            for (int n : Twins.SIZES) {
                for (int steps = 0; steps < 4 && n > 0; steps++) {
                    requireSame(plain, fresh, loop, n, steps);
                }
            }
        }
        assertEquals(List.of(), calls);
    }

    @Test
    void elementwiseLoops() {
        check(
                Twins.SCALAR.elementwise(),
                elementwise(NEVER),
                elementwise(0),
                loops(ElementwiseKernels.class, Set.of("where", "copy")));
    }

    @Test
    void reductionsOfRuns() {
        check(
                Twins.SCALAR.reductions(),
                reductions(NEVER),
                reductions(0),
                loops(ReductionKernels.class, Set.of("argmax", "dot", "sumRows", "maxRows", "minRows")));
    }

    private interface Step {
        void run(int turn);
    }

    /** Calls a loop until the plain one is no longer called, and some times more. */
    private void requireHandOver(Step step) {
        int turn = 0;
        do {
            assertTrue(turn < 3_000_000, "the vectors never took over");
            calls.clear();
            step.run(turn++);
        } while (!calls.isEmpty());
        assertTrue(turn > 1, "nothing was plain");
        for (int i = 0; i < 100; i++) {
            step.run(turn++);
        }
        assertEquals(List.of(), calls);
    }

    /** From the interpreter to compiled vectors. */
    @Test
    void costlyLoopsAreHandedOver() {
        int n = 207;
        float[] x = Fill.AWKWARD.run(n + MARGIN, 1);
        float[] y = new float[n + MARGIN];
        float[] expected = new float[n + MARGIN];
        Twins.SCALAR.elementwise().gelu(n, x, 3, expected, 5);
        ElementwiseKernels starting = elementwise(0);
        requireHandOver(turn -> {
            y[5 + turn % n] = 42;
            starting.gelu(n, x, 3, y, 5);
            assertArrayEquals(expected, y);
        });
        assertTrue(isPlain(() -> starting.silu(n, x, 3, y, 5)));
        Twins.SCALAR.reductions().softmax(9, y, 5, expected, 5);
        ReductionKernels reductions = reductions(0);
        float[] z = y.clone();
        requireHandOver(turn -> {
            reductions.softmax(9, y, 5, z, 5);
            assertArrayEquals(Arrays.copyOf(expected, 14), Arrays.copyOf(z, 14));
        });
    }

    @Test
    void cheapLoopsAreHandedOver() {
        ElementwiseKernels starting = elementwise(1_000_000);
        float[] x = Fill.ORDINARY.run(50, 1);
        float[] y = new float[50];
        requireHandOver(turn -> starting.add(40, x, 1, 1, x, 2, 0, y, 3));
        assertTrue(isPlain(() -> starting.sub(40, x, 1, 1, x, 2, 0, y, 3)));
        requireHandOver(turn -> starting.neg(40, x, 1, y, 3));
        ReductionKernels reductions = reductions(1_000_000);
        requireHandOver(turn -> y[0] += reductions.sum(40, x, 1));
    }

    private boolean isPlain(Runnable call) {
        calls.clear();
        call.run();
        return !calls.isEmpty();
    }
}
