package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AfterContainer;

/** The same bits for any number of threads. Numbers are such that every other order of additions would show. */
class ThreadsPropertyTest {

    /** What makes a first operation in a scope worth any number of helpers. */
    private static final long ENOUGH = 8_000_000;

    private static final ExecutorService POOL = Executors.newCachedThreadPool();

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final AtomicInteger DIVIDED = new AtomicInteger();

    @AfterContainer
    static void close() {
        POOL.close();
        assertTrue(DIVIDED.get() > .8 * RUNS.get(), () -> "of " + RUNS + " only " + DIVIDED + " asked for helpers");
    }

    /** The operation's result must not depend on the threads, of which it mostly uses more than one. */
    static void check(Supplier<FloatArray> operation) {
        check(operation, true);
    }

    private static void check(Supplier<FloatArray> operation, boolean divisible) {
        FloatArray alone = operation.get();
        for (int threads : new int[] {1, 2, 3, 7}) {
            AtomicInteger asked = new AtomicInteger();
            FloatArray result = Compute.parallel(
                    task -> {
                        asked.incrementAndGet();
                        POOL.execute(task);
                    },
                    threads,
                    operation);
            assertEquals(alone, result);
            if (threads > 1 && divisible) {
                RUNS.incrementAndGet();
                DIVIDED.addAndGet(Math.min(1, asked.get())); // not where there are a few elements only
            }
        }
    }

    /** Random numbers in any layout: dense, transposed, cut out of something larger, or repeated. */
    private static FloatArray operand(Random random, int... dims) {
        int[] order = Operand.shuffled(random, dims.length);
        if (random.nextInt(3) == 0) {
            Arrays.setAll(order, i -> i);
        }
        int[] stored = new int[dims.length];
        Index[] cut = new Index[dims.length];
        for (int i = 0; i < dims.length; i++) {
            int length = dims[order[i]];
            boolean repeated = i < dims.length - 2 && random.nextInt(8) == 0;
            int step = i == dims.length - 1 && length < 5000 && random.nextInt(4) == 0 ? 2 : 1;
            int from = random.nextInt(3);
            stored[i] = repeated ? 1 : from + length * step;
            cut[i] = repeated ? Index.all() : Index.range(from, from + length * step, step);
        }
        FloatArray all =
                FloatArray.rand(new SplittableRandom(random.nextLong()), stored).sub(.4f);
        int[] back = new int[dims.length];
        for (int i = 0; i < dims.length; i++) {
            back[order[i]] = i;
        }
        return all.slice(cut).transpose(back).expand(dims);
    }

    @Property(tries = 60)
    void products(@ForAll long seed) {
        Random random = new Random(seed);
        int m = 1 + random.nextInt(random.nextInt(5) == 0 ? 1200 : 70);
        int n = 1 + random.nextInt(random.nextInt(5) == 0 ? 1200 : 70);
        int[] batch = new int[random.nextInt(4)];
        Arrays.setAll(batch, i -> 1 + random.nextInt(random.nextInt(4) == 0 ? 20 : 4));
        int[] left = Operand.broadcasting(random, batch);
        int[] right = Operand.broadcasting(random, batch);
        int elements =
                Shapes.broadcast("batch", Shape.of(left), Shape.of(right)).size() * m * n;
        if (elements < 60) {
            return; // hardly more than a dot product, which is not divided
        }
        int k = (int) (ENOUGH / elements) + 1;
        FloatArray a = operand(random, concat(left, m, k));
        FloatArray b = operand(random, concat(right, k, n));
        check(() -> a.matmul(b));
    }

    @Property(tries = 6)
    void productsWithVectors(@ForAll long seed) {
        Random random = new Random(seed);
        int m = 60 + random.nextInt(2000);
        int k = (int) (ENOUGH / m) + 1;
        FloatArray matrix = operand(random, m, k);
        FloatArray right = operand(random, k);
        check(() -> matrix.matmul(right));
        FloatArray left = operand(random, k);
        check(() -> left.matmul(matrix.t()));
    }

    /** A part of a single column would be a product by a column, which has other bits. */
    @Example
    void noColumnIsCutOffAlone() {
        for (int n : new int[] {33, 65, 97, 129}) {
            for (int m : new int[] {1, 2}) {
                int k = (int) (ENOUGH / ((long) m * n)) + 1;
                FloatArray a = FloatArray.randn(new Random(m), m, k);
                FloatArray b = FloatArray.randn(new Random(n), k, n);
                check(() -> a.matmul(b), n > 64);
            }
        }
    }

    private static int[] concat(int[] batch, int... matrix) {
        int[] dims = Arrays.copyOf(batch, batch.length + matrix.length);
        System.arraycopy(matrix, 0, dims, batch.length, matrix.length);
        return dims;
    }

    @Property(tries = 30)
    void productsWithAddition(@ForAll long seed) {
        Random random = new Random(seed);
        int batch = 1 + random.nextInt(5);
        int m = 4 + random.nextInt(200);
        int n = 4 + random.nextInt(200);
        int k = (int) (ENOUGH / ((long) m * n)) + 1;
        float beta = new float[] {0, 1, .3f}[random.nextInt(3)];
        float alpha = new float[] {1, -.7f}[random.nextInt(2)];
        FloatArray a = operand(random, batch, m, k);
        FloatArray b = operand(random, batch, k, n);
        FloatArray c = operand(random, m, n);
        FloatArray each = operand(random, batch, m, n);
        check(() -> each.baddbmm(beta, alpha, a, b));
        check(() -> c.addbmm(beta, alpha, a, b));
        check(() -> c.addmm(beta, alpha, a.slice(Index.at(0)), b.slice(Index.at(0))));
        FloatArray bias = operand(random, n);
        check(() -> a.linear(b.slice(Index.at(0)), bias));
    }

    @Property(tries = 20)
    void loopsOverNumbers(@ForAll long seed) {
        Random random = new Random(seed);
        int rows = 1 + random.nextInt(1000);
        int columns = (int) (ENOUGH / Chunks.WORK / rows) + 1 + random.nextInt(40);
        FloatArray x = FloatArray.randn(random, rows, columns);
        FloatArray y = FloatArray.randn(random, rows, columns);
        check(x::tanh);
        check(() -> x.add(y));
        check(() -> x.rsub(2));
        check(() -> FloatArray.scalar(3).mul(x));
        check(() -> x.where(y.gt(0), FloatArray.scalar(1)));
        check(() -> x.softmax(-1));
        check(() -> x.sum(1));
        check(() -> x.sum(0), false); // one sum of rows, which is not cut
        check(() -> x.max(0), false);
        check(() -> x.var(1));
        check(() -> x.layerNorm(1e-5f, 1));
        int[] labels = random.ints(rows, 0, columns).toArray();
        check(() -> x.crossEntropy(labels));
        check(() -> x.crossEntropyGradient(FloatArray.scalar(2), labels));
        check(() -> x.layerNorm(1e-5f, 0));
    }

    @Property(tries = 20)
    void sumsDownEachOfManyMatrices(@ForAll long seed) {
        Random random = new Random(seed);
        int matrices = 16 + random.nextInt(40);
        int rows = 2 + random.nextInt(100);
        int columns = (int) (ENOUGH / Chunks.WORK / matrices / rows) + 1 + random.nextInt(40);
        FloatArray x = FloatArray.randn(random, matrices, rows, columns);
        check(() -> x.sum(1));
        check(() -> x.max(1));
        check(() -> x.sum(0), false);
    }

    /** Of so many numbers as no test has memory for: the loop only counts. */
    @Example
    void theMostNumbersThatAnArrayCanHave() {
        for (int threads : new int[] {1, 2, 7}) {
            AtomicLong counted = new AtomicLong();
            Compute.parallel(
                    POOL,
                    threads,
                    () -> Chunks.run(Integer.MAX_VALUE, (from, count) -> {
                        assertTrue(from >= 0 && count > 0 && from + count > 0, () -> count + " from " + from);
                        counted.addAndGet(count);
                    }));
            assertEquals(Integer.MAX_VALUE, counted.get());
        }
    }

    @Property(tries = 10)
    void convolutions(@ForAll long seed) {
        Random random = new Random(seed);
        int groups = 1 + random.nextInt(2);
        int side = 4 + random.nextInt(20);
        FloatArray images = operand(random, 1 + random.nextInt(40), 4, side, side);
        int filters = groups * (1 + (int) (ENOUGH / (images.size() * 9L)));
        FloatArray rows = operand(random, filters, 4 / groups, 3, 3);
        check(() -> images.conv2d(rows, Window.of(3, 3).padding(1), groups));
    }
}
