package dev.lanewise.bench.report;

import dev.lanewise.bench.Statistics;

/**
 * How many times as fast one is as another.
 *
 * @param value the ratio of their medians
 * @param low the least ratio of two forks of the same round
 * @param high the largest
 */
record Ratio(double value, double low, double high) {

    /** Above 1 where {@code ours} takes less time. */
    static Ratio of(Result ours, Result other) {
        int rounds = Math.min(ours.forks().length, other.forks().length);
        double[] ratios = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            ratios[i] = other.forks()[i] / ours.forks()[i];
        }
        return new Ratio(other.time() / ours.time(), Statistics.quantile(ratios, 0), Statistics.quantile(ratios, 1));
    }
}
