package dev.lanewise.bench.gate;

import dev.lanewise.bench.gate.Fork.Measurement;
import dev.lanewise.bench.gate.Judge.Finding;
import dev.lanewise.bench.gate.Judge.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One inspection: some forks of every kernel, then more of those that look slower, until they do not, or certainly are, or
 * patience ends.
 */
final class Inspection {

    /** Forks of every kernel, and how many are added at a time for those in doubt. */
    static final int FORKS = 5;

    /** Forks of one kernel at most. */
    static final int MOST_FORKS = 25;

    /** Gives the measurements of one fork. */
    interface Source {
        List<Measurement> fork(Collection<String> kernels) throws IOException, InterruptedException;
    }

    private final Source source;
    private final Consumer<String> log;
    private final Samples samples = new Samples();

    /** Tells {@code log} why it takes longer, when it does. */
    Inspection(Source source, Consumer<String> log) {
        this.source = source;
        this.log = log;
    }

    Samples samples() {
        return samples;
    }

    /** Measures all kernels in so many forks. */
    void measure(int forks) throws IOException, InterruptedException {
        measure(forks, List.of());
    }

    private void measure(int forks, Collection<String> kernels) throws IOException, InterruptedException {
        for (int fork = 0; fork < forks; fork++) {
            samples.add(source.fork(kernels));
        }
    }

    /**
     * Measures and judges. A kernel that is still open in the end is not called slower.
     *
     * @param accepted the ratios accepted before, for each kernel that has some; others are measured, not judged
     */
    List<Finding> against(Map<String, double[]> accepted) throws IOException, InterruptedException {
        measure(FORKS);
        List<Finding> findings = judge(accepted);
        for (int forks = FORKS; forks < MOST_FORKS; forks += FORKS) {
            List<String> open = findings.stream()
                    .filter(each -> each.verdict() == Verdict.OPEN)
                    .map(Finding::kernel)
                    .toList();
            if (open.isEmpty()) {
                break;
            }
            log.accept("Looks slower, so " + FORKS + " more forks: " + String.join(", ", open));
            measure(FORKS, open);
            findings = judge(accepted);
        }
        return findings;
    }

    private List<Finding> judge(Map<String, double[]> accepted) {
        List<Finding> findings = new ArrayList<>();
        for (String kernel : samples.kernels()) {
            double[] before = accepted.get(kernel);
            if (before != null) {
                findings.add(Judge.of(kernel, samples.of(kernel), before));
            }
        }
        return findings;
    }
}
