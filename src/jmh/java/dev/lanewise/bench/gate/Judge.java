package dev.lanewise.bench.gate;

import dev.lanewise.bench.Statistics;
import dev.lanewise.bench.Statistics.Interval;

/** What two samples of forks say about a kernel: the numbers alone, without a machine. */
final class Judge {

    /** How much slower than accepted a kernel may be: what has been seen to differ from run to run, and some more. */
    static final double MARGIN = 0.05;

    static final double CONFIDENCE = 0.95;

    /** Forks at least, before a kernel is called slower. */
    static final int LEAST_FORKS = 10;

    private Judge() {}

    /** What is said of a kernel. */
    enum Verdict {
        /** Not slower. */
        HOLDS,
        /** Perhaps slower: more forks will tell. */
        OPEN,
        /** The whole interval lies below the margin. */
        SLOWER,
        /** The whole interval lies above the margin. */
        FASTER
    }

    /**
     * A kernel against what was accepted.
     *
     * @param change the ratio of medians, 1 for no change
     * @param interval where that ratio lies, with {@link #CONFIDENCE}
     */
    record Finding(
            String kernel,
            int forks,
            double ratio,
            double accepted,
            double change,
            Interval interval,
            Verdict verdict) {}

    static Finding of(String kernel, double[] ratios, double[] accepted) {
        double ratio = Statistics.median(ratios);
        double before = Statistics.median(accepted);
        Interval interval = Statistics.ratioOfMedians(ratios, accepted, CONFIDENCE);
        Verdict verdict = verdict(ratio / before, interval, ratios.length);
        return new Finding(kernel, ratios.length, ratio, before, ratio / before, interval, verdict);
    }

    private static Verdict verdict(double change, Interval interval, int forks) {
        if (interval.high() < 1 - MARGIN && forks >= LEAST_FORKS) {
            return Verdict.SLOWER;
        }
        if (change < 1 - MARGIN / 2) {
            return Verdict.OPEN;
        }
        return interval.low() > 1 + MARGIN ? Verdict.FASTER : Verdict.HOLDS;
    }
}
