package dev.lanewise.bench.gate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.gate.Judge.Finding;
import dev.lanewise.bench.gate.Judge.Verdict;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final double[] ACCEPTED = spread(15, 0.8);

    /** Around {@code middle}, one percent to either side. */
    private static double[] spread(int count, double middle) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = middle * (0.99 + 0.02 * i / (count - 1));
        }
        return values;
    }

    private static Verdict verdict(double... ratios) {
        return Judge.of("k", ratios, ACCEPTED).verdict();
    }

    @Test
    void sameRatiosHold() {
        assertEquals(Verdict.HOLDS, verdict(spread(5, 0.8)));
    }

    @Test
    void aTenthLessInFiveForksIsOnlyADoubt() {
        assertEquals(Verdict.OPEN, verdict(spread(5, 0.72)));
    }

    @Test
    void aTenthLessInTenForksIsSlower() {
        Finding finding = Judge.of("k", spread(10, 0.72), ACCEPTED);
        assertEquals(Verdict.SLOWER, finding.verdict());
        assertEquals(0.9, finding.change(), 1e-9);
        assertTrue(finding.interval().high() < 1 - Judge.MARGIN, finding.toString());
        assertEquals(
                "k is slower: 0.7200 of the yardstick, 0.8000 was accepted; 10.0 % less, with 95 % confidence at least"
                        + String.format(
                                java.util.Locale.ROOT,
                                " %.1f",
                                100 * (1 - finding.interval().high()))
                        + " % (5 % are allowed), in 10 forks.",
                Gate.sentence(finding));
    }

    @Test
    void lessThanTheMarginIsNeverSlower() {
        assertEquals(Verdict.OPEN, verdict(spread(25, 0.8 * 0.96)));
    }

    @Test
    void forksInTwoMindsAreNotSlower() {
        double[] half = new double[12];
        Arrays.setAll(half, i -> i % 2 == 0 ? 0.4 : 0.8);
        assertEquals(Verdict.OPEN, verdict(half));
    }

    @Test
    void oneSlowForkChangesNothing() {
        assertEquals(Verdict.HOLDS, verdict(0.8, 0.4, 0.805, 0.795, 0.8));
    }

    @Test
    void certainlyMoreIsFaster() {
        assertEquals(Verdict.FASTER, verdict(spread(5, 0.9)));
        assertEquals(Verdict.HOLDS, verdict(spread(5, 0.83)));
    }
}
