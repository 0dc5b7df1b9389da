package dev.lanewise.bench;

import com.sun.management.ThreadMXBean;
import dev.lanewise.kernel.ElementwiseKernels;
import dev.lanewise.kernel.ReductionKernels;
import dev.lanewise.kernel.vector.VectorKernels;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Runs every elementwise loop and reduction, with every kind of operands, until a call allocates nothing, twice over: a
 * vector that C2 left in a box shows as garbage for ever. Exits with 1 where one still allocates after a minute.
 *
 * <p>With {@code -XX:+PrintCompilation} no line may say {@code COMPILE SKIPPED} of a kernel: it would stay interpreted.
 */
public final class KernelHealth {

    private static final int N = 1000;
    private static final int CALLS = 3000;
    private static final long LEAST_NANOS = 150_000_000L;
    private static final long MOST_NANOS = 60_000_000_000L;

    private static final ElementwiseKernels E = new VectorKernels().elementwise();
    private static final ReductionKernels R = new VectorKernels().reductions();

    private static final float[] X = run(1, -3, 3);
    private static final float[] B = run(2, 0.01, 3);
    private static final float[] Y = new float[5 * N];

    /** Keeps results alive. */
    static volatile float sink;

    private KernelHealth() {}

    private static float[] run(long seed, double from, double to) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] run = new float[5 * N];
        for (int i = 0; i < run.length; i++) {
            run[i] = (float) random.nextDouble(from, to);
        }
        return run;
    }

    /** Runs them all. */
    public static void main(String[] args) throws InterruptedException {
        System.out.println(new VectorKernels().describe());
        Map<String, Runnable> loops = new LinkedHashMap<>();
        elementwise(loops);
        reductions(loops);
        int bad = 0;
        for (int round = 0; round < 2; round++) {
            for (Map.Entry<String, Runnable> loop : loops.entrySet()) {
                long bytes = bytesPerCall(loop.getValue());
                if (bytes > 0) {
                    bad++;
                    System.out.println(loop.getKey() + ": " + bytes + " bytes a call");
                }
            }
        }
        System.out.println(loops.size() + " loops, " + (bad == 0 ? "none allocates" : "not healthy"));
        System.exit(bad == 0 ? 0 : 1);
    }

    private static long bytesPerCall(Runnable loop) throws InterruptedException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long start = System.nanoTime();
        while (true) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < CALLS; i++) {
                loop.run();
            }
            long bytes = (threads.getCurrentThreadAllocatedBytes() - before) / CALLS;
            long nanos = System.nanoTime() - start;
            if (bytes == 0 && nanos > LEAST_NANOS || nanos > MOST_NANOS) {
                return bytes;
            }
            Thread.sleep(1); // C2 may need the processor
        }
    }

    private static void elementwise(Map<String, Runnable> loops) {
        loops.put("neg", () -> E.neg(N, X, 1, Y, 0));
        loops.put("abs", () -> E.abs(N, X, 1, Y, 0));
        loops.put("sqrt", () -> E.sqrt(N, B, 1, Y, 0));
        loops.put("rsqrt", () -> E.rsqrt(N, B, 1, Y, 0));
        loops.put("square", () -> E.square(N, X, 1, Y, 0));
        loops.put("reciprocal", () -> E.reciprocal(N, X, 1, Y, 0));
        loops.put("relu", () -> E.relu(N, X, 1, Y, 0));
        loops.put("leakyRelu", () -> E.leakyRelu(N, X, 1, 0.1f, Y, 0));
        loops.put("clamp", () -> E.clamp(N, X, 1, -1, 1, Y, 0));
        for (int n : new int[] {N, 9}) {
            loops.put("exp of " + n, () -> E.exp(n, X, 1, Y, 0));
            loops.put("log of " + n, () -> E.log(n, B, 1, Y, 0));
            loops.put("tanh of " + n, () -> E.tanh(n, X, 1, Y, 0));
            loops.put("sigmoid of " + n, () -> E.sigmoid(n, X, 1, Y, 0));
            loops.put("sin of " + n, () -> E.sin(n, X, 1, Y, 0));
            loops.put("cos of " + n, () -> E.cos(n, X, 1, Y, 0));
            loops.put("erf of " + n, () -> E.erf(n, X, 1, Y, 0));
            loops.put("expm1 of " + n, () -> E.expm1(n, X, 1, Y, 0));
            loops.put("log1p of " + n, () -> E.log1p(n, X, 1, Y, 0));
            loops.put("gelu of " + n, () -> E.gelu(n, X, 1, Y, 0));
            loops.put("silu of " + n, () -> E.silu(n, X, 1, Y, 0));
            loops.put("softplus of " + n, () -> E.softplus(n, X, 1, Y, 0));
            loops.put("elu of " + n, () -> E.elu(n, X, 1, 0.5f, Y, 0));
        }
        for (int steps = 0; steps < 4; steps++) {
            int a = steps & 1;
            int b = steps >> 1;
            String of = " of steps " + a + " and " + b;
            loops.put("add" + of, () -> E.add(N, X, 1, a, B, 2, b, Y, 0));
            loops.put("sub" + of, () -> E.sub(N, X, 1, a, B, 2, b, Y, 0));
            loops.put("mul" + of, () -> E.mul(N, X, 1, a, B, 2, b, Y, 0));
            loops.put("div" + of, () -> E.div(N, X, 1, a, B, 2, b, Y, 0));
            loops.put("max" + of, () -> E.max(N, X, 1, a, B, 2, b, Y, 0));
            loops.put("min" + of, () -> E.min(N, X, 1, a, B, 2, b, Y, 0));
            loops.put("eq" + of, () -> E.eq(N, X, 1, a, B, 2, b, Y, 0));
            loops.put("ne" + of, () -> E.ne(N, X, 1, a, B, 2, b, Y, 0));
            loops.put("lt" + of, () -> E.lt(N, X, 1, a, B, 2, b, Y, 0));
            loops.put("le" + of, () -> E.le(N, X, 1, a, B, 2, b, Y, 0));
            loops.put("pow" + of, () -> E.pow(N, B, 1, a, X, 2, b, Y, 0));
            loops.put("where" + of, () -> E.where(N, X, 1, 1, B, 2, a, X, 3, b, Y, 0));
        }
        loops.put("copy, transposed", () -> E.copy(40, 37, X, 1, 1, 40, Y, 0));
        loops.put("copy, every second", () -> E.copy(40, 37, X, 1, 74, 2, Y, 0));
    }

    private static void reductions(Map<String, Runnable> loops) {
        loops.put("sum", () -> sink = R.sum(N, X, 1));
        loops.put("max", () -> sink = R.max(N, X, 1));
        loops.put("min", () -> sink = R.min(N, X, 1));
        loops.put("argmax", () -> sink = R.argmax(N, X, 1));
        loops.put("dot", () -> sink = R.dot(N, X, 1, B, 2));
        loops.put("sumSquares", () -> sink = R.sumSquares(N, X, 1, 0.3f));
        for (int n : new int[] {N, 9}) {
            loops.put("logSumExp of " + n, () -> sink = R.logSumExp(n, X, 1));
            loops.put("softmax of " + n, () -> R.softmax(n, X, 1, Y, 0));
            loops.put("logSoftmax of " + n, () -> R.logSoftmax(n, X, 1, Y, 0));
        }
        for (int n : new int[] {90, 9}) {
            loops.put("sumRows of " + n, () -> R.sumRows(50, n, X, 1, n, Y, 0));
            loops.put("maxRows of " + n, () -> R.maxRows(50, n, X, 1, n, Y, 0));
            loops.put("minRows of " + n, () -> R.minRows(50, n, X, 1, n, Y, 0));
        }
    }
}
