package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.kernel.GemmKernels.Epilogue;
import dev.lanewise.kernel.scalar.ScalarKernels;
import dev.lanewise.kernel.vector.VectorKernels;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StartingGemmTest {

    private static final GemmKernels PLAIN = new ScalarKernels().gemm();

    /** Scalar kernels that write down who was called with how many rows, and whose practice takes as long as is said. */
    private static final class Recorder {

        final List<String> calls = new ArrayList<>();
        int turns;
        int fastFrom = Integer.MAX_VALUE;

        GemmKernels named(String name) {
            return (GemmKernels) Proxy.newProxyInstance(
                    GemmKernels.class.getClassLoader(),
                    new Class<?>[] {GemmKernels.class},
                    (proxy, method, arguments) -> {
                        calls.add(name + " " + arguments[0]);
                        return method.invoke(PLAIN, arguments);
                    });
        }

        StartingGemm starting() {
            GemmKernels vectors = named("vectors");
            KernelProvider provider = (KernelProvider) Proxy.newProxyInstance(
                    KernelProvider.class.getClassLoader(),
                    new Class<?>[] {KernelProvider.class},
                    (proxy, method, arguments) -> method.getName().equals("gemm")
                            ? vectors
                            // as many multiply-adds as are fast in any time, or as are slow
                            : (KernelProvider.Practice) turn -> ++turns >= fastFrom ? Long.MAX_VALUE : 0);
            return new StartingGemm(provider, named("plain"), 0);
        }
    }

    private static float[] numbers(int count, long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextFloat() - 0.5f;
        }
        return numbers;
    }

    /** Operands at an offset, each with contiguous rows or columns; the result, and that each of its blocks was told once. */
    private static float[] product(GemmKernels kernels, int m, int n, int k, boolean rowsA, boolean rowsB, float beta) {
        float[] a = numbers(m * k + 3, 1);
        float[] b = numbers(k * n + 5, 2);
        float[] c = numbers(m * (n + 2) + 7, 3);
        int[] told = new int[m * n];
        Epilogue epilogue = (row, column, rows, columns) -> {
            for (int i = row; i < row + rows; i++) {
                for (int j = column; j < column + columns; j++) {
                    told[i * n + j]++;
                }
            }
        };
        kernels.gemm(
                m,
                n,
                k,
                0.75f,
                a,
                3,
                rowsA ? k : 1,
                rowsA ? 1 : m,
                b,
                5,
                rowsB ? n : 1,
                rowsB ? 1 : k,
                beta,
                c,
                7,
                n + 2,
                epilogue);
        for (int times : told) {
            assertEquals(1, times);
        }
        return c;
    }

    /** All ways and rests; again and again, so that some are the plain loops', some the vectors', and some begun by one. */
    @Test
    void hasTheBitsOfThePlainLoops() {
        GemmKernels starting = new StartingGemm(new VectorKernels(), PLAIN, 0);
        int[][] shapes = {
            {16, 384, 384}, {40, 200, 130}, {13, 2000, 65}, {5, 3000, 100}, {12, 33, 4000}, {3000, 17, 30},
            {128, 64, 128}, {1, 500, 300}, {37, 1, 4000}, {130, 90, 120}, {500, 260, 30}, {6, 3, 9}
        };
        for (int[] s : shapes) {
            for (int way = 0; way < 8; way++) {
                boolean rowsA = (way & 1) == 0;
                boolean rowsB = (way & 2) == 0;
                float beta = (way & 4) == 0 ? 0 : 1.25f;
                float[] expected = product(PLAIN, s[0], s[1], s[2], rowsA, rowsB, beta);
                for (int i = 0; i < 5; i++) {
                    assertArrayEquals(expected, product(starting, s[0], s[1], s[2], rowsA, rowsB, beta));
                }
            }
        }
    }

    @Test
    void vectorsTakeOverWithinAProduct() {
        Recorder recorder = new Recorder();
        recorder.fastFrom = 1;
        float[] c = product(recorder.starting(), 100, 384, 384, true, true, 0);
        assertArrayEquals(product(PLAIN, 100, 384, 384, true, true, 0), c);
        assertEquals(List.of("plain 12", "vectors 88"), recorder.calls);
        assertEquals(Exercise.SHORT, recorder.turns);
    }

    @Test
    void eachKindPractisesForItself() {
        Recorder recorder = new Recorder();
        recorder.fastFrom = 1;
        StartingGemm starting = recorder.starting();
        product(starting, 12, 384, 384, true, true, 0);
        product(starting, 12, 384, 384, true, true, 1);
        product(starting, 12, 384, 384, true, false, 0);
        product(starting, 11, 384, 384, true, true, 0);
        product(starting, 11, 384, 384, true, true, 0);
        assertEquals(List.of("plain 12", "vectors 12", "plain 12", "plain 11", "vectors 11"), recorder.calls);
    }

    /** Where no practice ever is fast, vectors come after as many calls as the JVM needs. */
    @Test
    void practiceEnds() {
        Recorder recorder = new Recorder();
        StartingGemm starting = recorder.starting();
        while (recorder.calls.stream().noneMatch(call -> call.startsWith("vectors"))) {
            product(starting, 12, 384, 384, true, true, 0);
        }
        assertEquals(6_000, recorder.turns);
        assertTrue(recorder.calls.size() > 1);
    }

    @Test
    void afterAWarmUpVectorsComputeAtOnce() {
        Recorder recorder = new Recorder();
        StartingGemm starting = recorder.starting();
        product(starting, 100, 384, 384, true, true, 0);
        recorder.calls.clear();
        starting.end();
        product(starting, 100, 384, 384, true, true, 0);
        product(starting, 100, 384, 384, true, false, 0);
        assertEquals(List.of("vectors 100", "vectors 100"), recorder.calls);
    }

    @Test
    void whatIsSmallIsLeftToTheVectors() {
        Recorder recorder = new Recorder();
        StartingGemm starting = recorder.starting();
        product(starting, 99, 100, 101, true, true, 0);
        product(starting, 4, 1000, 1000, true, true, 0);
        product(starting, 1000, 1, 1000, true, true, 0);
        product(starting, 1000, 15, 1000, true, true, 0);
        product(starting, 1000, 1000, 1, true, true, 0);
        float[] x = numbers(8_000, 4);
        starting.gemmBatch(6, 20, 20, 20, 1, x, 0, 400, 20, 1, x, 0, 400, 20, 1, 0, new float[2_400], 0, 400, 20);
        starting.gemm(20, 1, x, 0, 20, 1, starting.pack(20, 20, x, 0, 20, 1), 0, new float[400], 0, 20, Epilogue.NONE);
        assertEquals(
                List.of(
                        "vectors 99",
                        "vectors 4",
                        "vectors 1000",
                        "vectors 1000",
                        "vectors 1000",
                        "vectors 6",
                        "vectors 20",
                        "vectors 20"),
                recorder.calls);
    }

    @Test
    void batchesStartToo() {
        Recorder recorder = new Recorder();
        recorder.fastFrom = 1;
        StartingGemm starting = recorder.starting();
        float[] x = numbers(8_007, 4);
        for (int turn = 0; turn < 2; turn++) {
            float[] c = numbers(8_005, 5);
            float[] expected = c.clone();
            starting.gemmBatch(20, 20, 20, 20, 2, x, 7, 400, 20, 1, x, 3, 400, 1, 20, 0.5f, c, 5, 400, 20);
            PLAIN.gemmBatch(20, 20, 20, 20, 2, x, 7, 400, 20, 1, x, 3, 400, 1, 20, 0.5f, expected, 5, 400, 20);
            assertArrayEquals(expected, c);
        }
        assertEquals(List.of("plain 20", "vectors 20"), recorder.calls);
        assertEquals(Exercise.SHORT, recorder.turns);
    }
}
