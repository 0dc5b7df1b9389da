package dev.lanewise.bench;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The little statistics that reports and the gate need. */
public final class Statistics {

    private static final int RESAMPLES = 2000;

    private Statistics() {}

    /** From low to high. */
    public record Interval(double low, double high) {}

    /** The middle one, or the mean of the two in the middle. */
    public static double median(double[] values) {
        return quantile(values, 0.5);
    }

    /**
     * The value below which a part {@code p} lies, on the line between the two nearest in order (type 7 of Hyndman and
     * Fan, "Sample Quantiles in Statistical Packages", 1996).
     */
    public static double quantile(double[] values, double p) {
        if (values.length == 0) {
            throw new IllegalArgumentException("quantile: there are no values");
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return ofSorted(sorted, p);
    }

    private static double ofSorted(double[] sorted, double p) {
        double place = p * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The mean for ratios: that of their logarithms. */
    public static double geometricMean(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("geometricMean: there are no values");
        }
        return Math.exp(Arrays.stream(values).map(Math::log).sum() / values.length);
    }

    /**
     * Where the ratio of two medians lies with the given confidence: the percentile bootstrap (Efron and Tibshirani, "An
     * Introduction to the Bootstrap", 1993, section 13.3), both samples drawn again with replacement. The same samples
     * always give the same interval.
     */
    public static Interval ratioOfMedians(double[] above, double[] below, double confidence) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom")
                .create(31L * Arrays.hashCode(above) + Arrays.hashCode(below));
        double[] ratios = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            ratios[i] = medianDrawnAgain(above, random) / medianDrawnAgain(below, random);
        }
        Arrays.sort(ratios);
        double tail = (1 - confidence) / 2;
        return new Interval(ofSorted(ratios, tail), ofSorted(ratios, 1 - tail));
    }

    private static double medianDrawnAgain(double[] values, RandomGenerator random) {
        double[] drawn = new double[values.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = values[random.nextInt(values.length)];
        }
        Arrays.sort(drawn);
        return ofSorted(drawn, 0.5);
    }
}
