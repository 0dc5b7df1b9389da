package dev.lanewise.bench.report;

import dev.lanewise.bench.report.Judgement.Measured;
import java.util.Arrays;
import java.util.function.Predicate;

/** What is wanted of elementwise operations, against libtorch and the bandwidth of memory. */
final class ElementwiseTargets {

    /** Views that are measured: of the whole list at two shapes, and of the short one at a third. */
    private static final int VIEWS = 7 + 2 + 7;

    private final Judgement judgement;

    private ElementwiseTargets(Judgement judgement) {
        this.judgement = judgement;
    }

    static void judge(Judgement judgement) {
        new ElementwiseTargets(judgement).all();
    }

    private void all() {
        judgement.lowest(
                "Elementwise, n = 1 to 100, against libtorch",
                5,
                3 * 2,
                judgement.against(
                        "libtorch",
                        operation(1, "add", "tanh")
                                .or(operation(10, "add", "tanh"))
                                .or(operation(100, "add", "tanh"))));
        lowest("Elementwise, n = 1000, against libtorch", 5, 1_000, "add", "mul", "relu", "exp", "tanh", "sigmoid");
        lowest("Elementwise, n = 100 000, against libtorch", 1, 100_000, "add", "mul", "relu", "exp", "sigmoid");
        lowest("tanh, n = 100 000, against libtorch", 2.5, 100_000, "tanh");
        lowest("Elementwise, n = 16 000 000, against libtorch", 1, 16_000_000, "add", "exp", "tanh");
        judgement.lowest(
                "add, n = 16 000 000, of the bandwidth of a copy",
                0.8,
                1,
                judgement
                        .ours(operation(16_000_000, "add"))
                        .map(each ->
                                new Measured(Family.label(each), judgement.run().ofYardstick(each)))
                        .toList());
        judgement.lowest(
                "Views, share of the contiguous speed",
                0.5,
                VIEWS,
                judgement.againstOwn("view", "contiguous", ElementwiseTargets::isOfViews));
    }

    private static boolean isOfViews(Result result) {
        return result.type().equals("ViewsBenchmark") && !result.param("view").equals("contiguous");
    }

    private void lowest(String target, double wanted, int n, String... operations) {
        judgement.lowest(target, wanted, operations.length, judgement.against("libtorch", operation(n, operations)));
    }

    private static Predicate<Result> operation(int n, String... operations) {
        return each -> each.type().equals("ElementwiseBenchmark")
                && each.param("n").equals(String.valueOf(n))
                && Arrays.asList(operations).contains(each.param("op"));
    }
}
