package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.kernel.Twins.Fill;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Loops that begin with the plain ones: who computes, and that it has the same bits. */
class StartingLoopsTest {

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

    private ElementwiseKernels elementwise(Start start) {
        return Twins.VECTOR.startingElementwise(recorded(ElementwiseKernels.class, Twins.SCALAR.elementwise()), start);
    }

    private ReductionKernels reductions(Start start) {
        return Twins.VECTOR.startingReductions(recorded(ReductionKernels.class, Twins.SCALAR.reductions()), start);
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

    private void check(Object plain, Object starting, Start start, List<Method> loops) {
        for (Method loop : loops) {
            calls(plain, starting, loop, true);
        }
        start.end();
        for (Method loop : loops) {
            calls(plain, starting, loop, false);
        }
    }

    private void calls(Object plain, Object starting, Method loop, boolean isPlain) {
        for (int n : Twins.SIZES) {
            for (int steps = 0; steps < 4 && n > 0; steps++) {
                calls.clear();
                requireSame(plain, starting, loop, n, steps);
                assertEquals(isPlain ? List.of(loop.getName()) : List.of(), calls);
            }
        }
    }

    @Test
    void elementwiseLoops() {
        Start start = new Start(Long.MAX_VALUE);
        check(
                Twins.SCALAR.elementwise(),
                elementwise(start),
                start,
                loops(ElementwiseKernels.class, Set.of("where", "copy")));
    }

    @Test
    void reductionsOfRuns() {
        Start start = new Start(Long.MAX_VALUE);
        check(
                Twins.SCALAR.reductions(),
                reductions(start),
                start,
                loops(ReductionKernels.class, Set.of("argmax", "dot", "sumRows", "maxRows", "minRows")));
    }

    /** All of them together, in the order of calls. */
    @Test
    void areHandedOverAfterSoMuchWork() {
        Start start = new Start(1000);
        ElementwiseKernels starting = elementwise(start);
        ReductionKernels reductions = reductions(start);
        float[] x = Fill.ORDINARY.run(500, 1);
        float[] y = new float[500];
        starting.add(400, x, 0, 1, x, 0, 0, y, 0);
        reductions.softmax(400, x, 0, y, 0);
        starting.gelu(400, x, 0, y, 0);
        starting.gelu(400, x, 0, y, 0);
        reductions.sum(400, x, 0);
        assertEquals(List.of("add", "softmax", "gelu"), calls);
    }
}
