package dev.lanewise.bench.report;

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
                judgement.savedAgainst(
                        PEER,
                        each -> each.type().equals("MlpBenchmark")
                                && !each.param("frozen").equals("0")));
        judgement.lowest(
                "Inference of one example, against libtorch",
                3,
                1,
                judgement.against(
                        PEER,
                        each -> each.type().equals("MlpInferenceBenchmark")
                                && each.param("batch").equals("1")));
    }
}
