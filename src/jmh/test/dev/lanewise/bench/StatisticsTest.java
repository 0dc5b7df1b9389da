package dev.lanewise.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.Statistics.Interval;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    private static final double TINY = 1e-12;

    @Test
    void medianIsTheMiddleOne() {
        assertEquals(3, Statistics.median(new double[] {9, 1, 3}));
        assertEquals(2.5, Statistics.median(new double[] {4, 1, 2, 3}));
        assertEquals(7, Statistics.median(new double[] {7}));
    }

    @Test
    void quantilesLieOnTheLineBetweenNeighbours() {
        double[] values = {40, 10, 30, 20};
        assertEquals(10, Statistics.quantile(values, 0));
        assertEquals(40, Statistics.quantile(values, 1));
        assertEquals(13, Statistics.quantile(values, 0.1), TINY); // R: quantile(c(40, 10, 30, 20), 0.1)
        assertEquals(32.5, Statistics.quantile(values, 0.75), TINY);
        assertEquals(40, values[0], "the caller's array is left as it was");
    }

    @Test
    void geometricMeanTreatsTwiceAndHalfAlike() {
        assertEquals(1, Statistics.geometricMean(new double[] {2, 0.5}), TINY);
        assertEquals(4, Statistics.geometricMean(new double[] {2, 8}), TINY);
    }

    @Test
    void nothingHasNoMedianAndNoMean() {
        assertThrows(IllegalArgumentException.class, () -> Statistics.median(new double[0]));
        assertThrows(IllegalArgumentException.class, () -> Statistics.geometricMean(new double[0]));
    }

    @Test
    void valuesWithoutSpreadGiveAnIntervalWithoutWidth() {
        Interval interval = Statistics.ratioOfMedians(new double[] {3, 3, 3}, new double[] {2, 2}, 0.95);
        assertEquals(1.5, interval.low());
        assertEquals(1.5, interval.high());
    }

    @Test
    void sameSamplesGiveTheSameIntervalAndOthersAnother() {
        double[] above = noise(new Random(1), 15, 1, 0.02);
        double[] below = noise(new Random(2), 15, 1, 0.02);
        assertEquals(Statistics.ratioOfMedians(above, below, 0.95), Statistics.ratioOfMedians(above, below, 0.95));
        assertNotEquals(Statistics.ratioOfMedians(above, below, 0.95), Statistics.ratioOfMedians(below, above, 0.95));
    }

    @Test
    void moreConfidenceMakesItWider() {
        double[] above = noise(new Random(3), 15, 1, 0.02);
        double[] below = noise(new Random(4), 15, 1, 0.02);
        Interval narrow = Statistics.ratioOfMedians(above, below, 0.8);
        Interval wide = Statistics.ratioOfMedians(above, below, 0.99);
        assertTrue(wide.low() < narrow.low() && narrow.high() < wide.high(), wide + " and " + narrow);
    }

    /** What a confidence of 95 % promises; the bootstrap of a median keeps it from about ten values on. */
    @Test
    void holdsTheTrueRatioAboutAsOftenAsItSays() {
        Random random = new Random(5);
        int held = 0;
        int tries = 400;
        for (int i = 0; i < tries; i++) {
            Interval interval =
                    Statistics.ratioOfMedians(noise(random, 15, 0.9, 0.03), noise(random, 15, 1, 0.03), 0.95);
            if (interval.low() <= 0.9 && 0.9 <= interval.high()) {
                held++;
            }
        }
        assertTrue(held > 0.92 * tries && held < 0.99 * tries, held + " of " + tries);
    }

    private static double[] noise(Random random, int count, double around, double spread) {
        return random.doubles(count)
                .map(ignored -> around * (1 + spread * random.nextGaussian()))
                .toArray();
    }
}
