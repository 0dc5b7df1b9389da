package dev.lanewise.bench.report;

import dev.lanewise.bench.report.Judgement.Measured;
import java.util.List;

/** What is wanted of small networks, against libtorch. */
final class NetworkTargets {

    private static final String PEER = "libtorch";

    private final Judgement judgement;

    private NetworkTargets(Judgement judgement) {
        this.judgement = judgement;
    }

    static void judge(Judgement judgement) {
        NetworkTargets targets = new NetworkTargets(judgement);
        targets.twoLayerNet();
        targets.classifier();
    }

    private void twoLayerNet() {
        twoLayerNet("A two-layer net, autograd, against libtorch", 4, "autograd");
        twoLayerNet("A two-layer net, gradients by hand, against libtorch", 3, "byHand");
    }

    private void twoLayerNet(String target, double wanted, String gradients) {
        judgement.lowest(
                target,
                wanted,
                1,
                judgement.against(
                        PEER,
                        each -> each.type().equals("TwoLayerNetBenchmark")
                                && each.param("gradients").equals(gradients)));
    }

    private void classifier() {
        judgement.lowest(
                "A step of the classifier, against libtorch",
                1,
                3,
                judgement.against(PEER, each -> each.type().equals("MlpBenchmark")));
        judgement.lowest(
                "What freezing saves of a step, against what it saves libtorch",
                1,
                2,
                judgement
                        .ours(each -> each.type().equals("MlpBenchmark")
                                && !each.param("frozen").equals("0"))
                        .flatMap(each -> savedAgainstPeer(each).stream())
                        .toList());
        judgement.lowest(
                "Inference of one example, against libtorch",
                3,
                1,
                judgement.against(
                        PEER,
                        each -> each.type().equals("MlpInferenceBenchmark")
                                && each.param("batch").equals("1")));
    }

    /** The time of a full step over that of a frozen one, here over there. */
    private List<Measured> savedAgainstPeer(Result frozen) {
        Run run = judgement.run();
        return run.sibling(frozen, "frozen", "0").stream()
                .flatMap(full -> run.peer(full, PEER).stream()
                        .flatMap(theirFull -> run.peer(frozen, PEER).stream()
                                .map(theirs -> new Measured(
                                        Family.label(frozen),
                                        full.time() / frozen.time() / (theirFull.time() / theirs.time())))))
                .toList();
    }
}
