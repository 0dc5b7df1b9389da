package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitTest {

    @Property(tries = 2000)
    void everyElementIsInOnePart(
            @ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll @IntRange(min = 1, max = 300) int m,
            @ForAll @IntRange(min = 1, max = 300) int n,
            @ForAll @IntRange(min = 1, max = 9) int threads) {
        Split split = new Split(count, m, n, threads);
        byte[] seen = new byte[count * m * n];
        for (int part = 0; part < split.parts; part++) {
            assertTrue(split.matrix(part) < split.matrixEnd(part), "no matrix");
            assertTrue(split.row(part) < split.rowEnd(part), "no row");
            int columns = split.columnEnd(part) - split.column(part);
            assertTrue(columns > Math.min(1, n - 1), "no column, or one of several: a product by one has other bits");
            for (int i = split.matrix(part); i < split.matrixEnd(part); i++) {
                for (int row = split.row(part); row < split.rowEnd(part); row++) {
                    for (int column = split.column(part); column < split.columnEnd(part); column++) {
                        seen[(i * m + row) * n + column]++;
                    }
                }
            }
        }
        for (byte times : seen) {
            assertEquals(1, times);
        }
    }

    @Test
    void theMostRowsThatAnArrayCanHave() {
        for (int threads : new int[] {2, 7}) {
            Split split = new Split(1, Integer.MAX_VALUE, 1, threads);
            int end = 0;
            for (int part = 0; part < split.parts; part++) {
                assertEquals(end, split.row(part));
                end = split.rowEnd(part);
            }
            assertEquals(Integer.MAX_VALUE, end);
        }
    }

    @Test
    void oneThreadMeansOnePart() {
        assertEquals(1, new Split(100, 5000, 5000, 1).parts);
    }

    @Test
    void everyThreadHasAPartAsLargeAsTheOthers() {
        assertShares(1, 256, 256, 2);
        assertShares(1, 160, 160, 2); // five panels of columns could not be halved
        assertShares(1, 7, 1024, 2);
        assertShares(1, 1, 1024, 4);
        assertShares(1, 4096, 10, 4);
        assertShares(3, 512, 512, 2);
        assertShares(5, 512, 512, 4);
        assertShares(64, 32, 32, 2);
        assertShares(12, 64, 64, 3);
    }

    /** Thread after thread takes the next part, until the parts are used up: nobody has more than 1.1 times the mean. */
    private static void assertShares(int count, int m, int n, int threads) {
        Split split = new Split(count, m, n, threads);
        long[] load = new long[threads];
        for (int part = 0; part < split.parts; part++) {
            int least = 0;
            for (int i = 1; i < threads; i++) {
                least = load[i] < load[least] ? i : least;
            }
            load[least] += (long) (split.matrixEnd(part) - split.matrix(part))
                    * (split.rowEnd(part) - split.row(part))
                    * (split.columnEnd(part) - split.column(part));
        }
        for (long elements : load) {
            assertTrue(
                    elements <= 1.1 * count * m * n / threads,
                    () -> elements + " of " + (long) count * m * n + " elements for one of " + threads + " threads");
        }
    }
}
