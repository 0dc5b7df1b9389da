package dev.lanewise.bench.report;

import dev.lanewise.bench.report.Judgement.Outcome;
import java.util.List;
import java.util.Set;

/** What the project wants to reach, in one table, and what a run says of it. */
final class Targets {

    private static final Set<Family> PRODUCTS =
            Set.of(Family.SQUARE, Family.MODEL, Family.BATCHED, Family.GEMV, Family.THREADS);
    private static final Set<Family> NETWORKS = Set.of(Family.NET, Family.MLP);
    private static final Set<Family> ENCODER =
            Set.of(Family.ENCODER_INFERENCE, Family.ENCODER_STEP, Family.ENCODER_COLD);

    private Targets() {}

    /** Of those targets of which the run measured anything. */
    static List<Outcome> of(Run run) {
        Judgement judgement = new Judgement(run);
        if (measures(run, PRODUCTS)) {
            ProductTargets.judge(judgement);
        }
        if (measures(run, Set.of(Family.ELEMENTWISE, Family.VIEWS))) {
            ElementwiseTargets.judge(judgement);
        }
        if (measures(run, NETWORKS)) {
            NetworkTargets.judge(judgement);
        }
        if (measures(run, ENCODER)) {
            EncoderTargets.judge(judgement);
        }
        return judgement.outcomes();
    }

    private static boolean measures(Run run, Set<Family> families) {
        return run.results().stream().anyMatch(each -> families.contains(Family.of(each)));
    }
}
