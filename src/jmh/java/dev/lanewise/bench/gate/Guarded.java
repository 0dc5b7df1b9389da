package dev.lanewise.bench.gate;

import dev.lanewise.kernel.ElementwiseKernels;
import dev.lanewise.kernel.GemmKernels;
import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.ReductionKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A kernel that must not become slower.
 *
 * @param name what the gate calls it
 * @param yardstick what it is held against
 * @param work what a call does, in the yardstick's unit
 */
record Guarded(String name, Yardstick yardstick, double work, Loop loop) {

    private static final GemmKernels G = Kernels.GEMM;
    private static final ElementwiseKernels E = Kernels.ELEMENTWISE;
    private static final ReductionKernels R = Kernels.REDUCTIONS;

    /** Places where an operand may begin: each another float of a cache line, and another part of a page. */
    static final int PLACES = 16;

    private static final int BETWEEN = 65;

    private static int place;

    /** Keeps results alive. */
    private static volatile float sink;

    /**
     * Where the result of the next call begins; each call takes another place. Where the JVM put an array would otherwise
     * decide up to a third of the time of a short loop, for the life of a fork: lines are split, and rows that lie a page
     * apart from the result evict each other.
     */
    static int place() {
        place = place + 1 & PLACES - 1;
        return place * BETWEEN;
    }

    /** Where an operand begins: the factor is odd, so that it too takes every place, and others relative to the result. */
    static int apart(int place, int factor) {
        return (place / BETWEEN * factor & PLACES - 1) * BETWEEN;
    }

    /** All of them. */
    static List<Guarded> all() {
        List<Guarded> all = new ArrayList<>();
        Yardstick peak = Yardstick.multiplyAdds();
        all.add(product("gemm 64", peak, 64, 64, 64, false, false));
        all.add(product("gemm 256", peak, 256, 256, 256, false, false));
        all.add(product("gemm 512", peak, 512, 512, 512, false, false));
        all.add(product("gemm 256 NT", peak, 256, 256, 256, false, true));
        all.add(product("gemm 256 TN", peak, 256, 256, 256, true, false));
        all.add(product("gemm 128x384x384", peak, 128, 384, 384, false, false));
        all.add(fewRows("gemm 7x1024x1024", 7, 1024, 1024));
        all.add(fewRows("gemv 1x1024x1024", 1, 1024, 1024));
        all.add(batch("batch 256x32x32x32", peak, 256, 32, 32, 32));
        all.add(batch("batch 48x64x64x32", peak, 48, 64, 64, 32));
        elementwise(all, peak, 1000);
        all.add(add(1000));
        all.add(sum(4000));
        all.add(add(100_000));
        all.add(sum(100_000));
        return all;
    }

    /** Row-major, or by its transpose in memory. */
    private static Guarded product(String name, Yardstick peak, int m, int n, int k, boolean ta, boolean tb) {
        float[] a = numbers(m * k);
        float[] b = numbers(k * n);
        float[] c = numbers(m * n);
        int aRow = ta ? 1 : k;
        int aColumn = ta ? m : 1;
        int bRow = tb ? 1 : n;
        int bColumn = tb ? k : 1;
        return new Guarded(name, peak, 2.0 * m * n * k, calls -> {
            for (int i = 0; i < calls; i++) {
                int at = place();
                G.gemm(m, n, k, 1, a, apart(at, 3), aRow, aColumn, b, apart(at, 5), bRow, bColumn, 0, c, at, n);
            }
        });
    }

    private static Guarded batch(String name, Yardstick peak, int batch, int m, int n, int k) {
        float[] a = numbers(batch * m * k);
        float[] b = numbers(batch * k * n);
        float[] c = numbers(batch * m * n);
        return new Guarded(name, peak, 2.0 * batch * m * n * k, calls -> {
            for (int i = 0; i < calls; i++) {
                int at = place();
                G.gemmBatch(
                        batch,
                        m,
                        n,
                        k,
                        1,
                        a,
                        apart(at, 3),
                        m * k,
                        k,
                        1,
                        b,
                        apart(at, 5),
                        k * n,
                        n,
                        1,
                        0,
                        c,
                        at,
                        m * n,
                        n);
            }
        });
    }

    /** What bounds it is the reading of the second operand, so that is what it is held against. */
    private static Guarded fewRows(String name, int m, int n, int k) {
        float[] a = numbers(m * k);
        float[] b = numbers(k * n);
        float[] c = numbers(m * n);
        return new Guarded(name, Yardstick.read(k * n, b), 4.0 * k * n, calls -> {
            for (int i = 0; i < calls; i++) {
                int at = place();
                G.gemm(m, n, k, 1, a, apart(at, 3), k, 1, b, apart(at, 5), n, 1, 0, c, at, n);
            }
        });
    }

    /** Arithmetic in L1: the work of an element counts as one fused multiply-add. */
    private static void elementwise(List<Guarded> all, Yardstick peak, int n) {
        float[] x = numbers(n);
        float[] z = numbers(n);
        double work = 2.0 * n;
        all.add(new Guarded("exp " + n, peak, work, calls -> {
            for (int i = 0; i < calls; i++) {
                int at = place();
                E.exp(n, x, apart(at, 3), z, at);
            }
        }));
        all.add(new Guarded("tanh " + n, peak, work, calls -> {
            for (int i = 0; i < calls; i++) {
                int at = place();
                E.tanh(n, x, apart(at, 3), z, at);
            }
        }));
        all.add(new Guarded("softmax " + n, peak, work, calls -> {
            for (int i = 0; i < calls; i++) {
                int at = place();
                R.softmax(n, x, apart(at, 3), z, at);
            }
        }));
    }

    /** What the reading and writing of some cache bounds, the nearest for a thousand: bytes. */
    private static Guarded add(int n) {
        float[] x = numbers(n);
        float[] y = numbers(n);
        float[] z = numbers(n);
        return new Guarded("add " + n, Yardstick.readTwoWriteOne(n, x, y, z), 12.0 * n, calls -> {
            for (int i = 0; i < calls; i++) {
                int at = place();
                E.add(n, x, apart(at, 3), 1, y, apart(at, 5), 1, z, at);
            }
        });
    }

    /** The same, for reading alone; four thousand still fit the nearest, and the folding of the partial sums is little of it. */
    private static Guarded sum(int n) {
        float[] x = numbers(n);
        return new Guarded("sum " + n, Yardstick.read(n, x), 4.0 * n, calls -> {
            for (int i = 0; i < calls; i++) {
                sink = R.sum(n, x, place());
            }
        });
    }

    private static float[] numbers(int n) {
        SplittableRandom random = new SplittableRandom(n);
        float[] numbers = new float[n + PLACES * BETWEEN];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }
}
