package dev.lanewise.bench.report;

import dev.lanewise.bench.report.Judgement.Measured;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** What is wanted of elementwise operations and of small networks, against libtorch. */
final class NetworkTargets {

    private static final String PEER = "libtorch";

    private final Judgement judgement;

    private NetworkTargets(Judgement judgement) {
        this.judgement = judgement;
    }

    static void judgeOperations(Judgement judgement) {
        new NetworkTargets(judgement).elementwise();
    }

    static void judgeNetworks(Judgement judgement) {
        NetworkTargets targets = new NetworkTargets(judgement);
        targets.twoLayerNet();
        targets.classifier();
    }

    private void elementwise() {
        elementwise(
                "Elementwise, n = 1000, against libtorch", 5, 1_000, "add", "mul", "relu", "exp", "tanh", "sigmoid");
        elementwise("Elementwise, n = 100 000, against libtorch", 1, 100_000, "add", "mul", "relu", "exp", "sigmoid");
        elementwise("tanh, n = 100 000, against libtorch", 2.5, 100_000, "tanh");
        elementwise("Elementwise, n = 16 000 000, against libtorch", 1, 16_000_000, "add", "exp", "tanh");
        judgement.lowest(
                "add, n = 16 000 000, of the bandwidth of a copy",
                0.8,
                1,
                judgement
                        .ours(operation(16_000_000, "add"))
                        .map(each ->
                                new Measured(Family.label(each), judgement.run().ofYardstick(each)))
                        .toList());
    }

    private void elementwise(String target, double wanted, int n, String... operations) {
        judgement.lowest(target, wanted, operations.length, judgement.against(PEER, operation(n, operations)));
    }

    private static Predicate<Result> operation(int n, String... operations) {
        return each -> each.type().equals("ElementwiseBenchmark")
                && each.param("n").equals(String.valueOf(n))
                && Arrays.asList(operations).contains(each.param("op"));
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
