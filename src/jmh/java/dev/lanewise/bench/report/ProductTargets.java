package dev.lanewise.bench.report;

import dev.lanewise.bench.report.Judgement.Measured;
import dev.lanewise.bench.report.Judgement.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What is wanted of matrix products, and of garbage. */
final class ProductTargets {

    /** A call's share of what JMH allocates itself, per nanosecond, about: 7 KB in each iteration of 80 ms. */
    private static final double HARNESS_BYTES = 1e-4;

    /** For the objects about an operation; the gate looks at kernels alone, and allows none. */
    private static final double OBJECT_BYTES = 1024;

    private final Judgement judgement;

    private ProductTargets(Judgement judgement) {
        this.judgement = judgement;
    }

    static void judge(Judgement judgement) {
        ProductTargets targets = new ProductTargets(judgement);
        targets.squares();
        targets.models();
        targets.batches();
        targets.threads();
        targets.garbage();
    }

    private void squares() {
        List<Measured> mkl = squares("mkl", 128, 192, 256, 384, 512, 768, 1000, 1024);
        judgement.mean("Square, n = 128 to 1024, against MKL", 0.97, 8, mkl);
        judgement.lowest("Square, n = 128 to 1024, against MKL", 0.90, 8, mkl);
        judgement.mean(
                "Square, n = 128 to 1024, against OpenBLAS",
                1.10,
                8,
                squares("openblas", 128, 192, 256, 384, 512, 768, 1000, 1024));
        judgement.lowest("Square, n = 1536 and 2048, against MKL", 0.93, 2, squares("mkl", 1536, 2048));
        judgement.lowest("Square, n = 1536 and 2048, against OpenBLAS", 1.00, 2, squares("openblas", 1536, 2048));
        judgement.mean(
                "Square, n = 16 to 100, against the better of MKL and OpenBLAS",
                0.92,
                6,
                betterOfTwo(16, 32, 48, 64, 96, 100));
    }

    private void models() {
        Predicate<Result> plain = each ->
                each.type().equals("ModelBenchmark") && each.param("layout").equals("NN");
        judgement.lowest("Products of models, against MKL", 0.95, 20, judgement.against("mkl", plain));
        judgement.lowest(
                "NT, TN and TT, against NN",
                0.95,
                3 * (6 + 20),
                judgement.againstOwn(
                        "layout",
                        "NN",
                        each -> !each.param("layout").isEmpty()
                                && !each.param("layout").equals("NN")));
    }

    private void batches() {
        batch("256 products of 16 x 16 x 16, against libtorch", 8, "256x16x16x16");
        batch("256 products of 32 x 32 x 32, against libtorch", 2.3, "256x32x32x32");
        batch("256 products of 64 x 64 x 64, against libtorch", 1.15, "256x64x64x64");
        batch("Attention, 384 products of 64 x 64 x 32, against libtorch", 1.5, "384x64x64x32");
    }

    private void batch(String target, double wanted, String shape) {
        judgement.lowest(
                target,
                wanted,
                1,
                judgement.against(
                        "libtorch",
                        each -> each.type().equals("BatchedBenchmark")
                                && each.param("shape").equals(shape)));
    }

    private void threads() {
        List<Measured> all = new ArrayList<>();
        List<Measured> large = new ArrayList<>();
        judgement
                .ours(each -> each.type().equals("ThreadsBenchmark")
                        && each.param("threads").equals("2"))
                .forEach(two -> judgement.run().sibling(two, "threads", "1").ifPresent(one -> {
                    Measured measured = new Measured(Family.label(two), one.time() / two.time());
                    all.add(measured);
                    if (isLarge(two.param("shape"))) {
                        large.add(measured);
                    }
                }));
        judgement.lowest(
                "Two threads, n from 256 and batches from 64, against one", 1.85, Math.max(1, large.size()), large);
        judgement.lowest("Two threads, any size, against one", 1.00, Math.max(1, all.size()), all);
    }

    private static boolean isLarge(String shape) {
        int[] sizes =
                Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
        return sizes.length == 4 ? sizes[0] >= 64 : Arrays.stream(sizes).min().orElse(0) >= 256;
    }

    private void garbage() {
        List<Measured> all = judgement
                .ours(each -> !Double.isNaN(each.garbage()) && isOneOperation(each))
                .map(each -> new Measured(label(each), Math.max(0, each.garbage() - HARNESS_BYTES * each.time())))
                .toList();
        String target = "Bytes allocated per call of an operation in a workspace, beyond JMH's own";
        String wanted = String.format(Locale.ROOT, "at most %.0f", OBJECT_BYTES);
        if (all.isEmpty()) {
            judgement.add(new Outcome(target, wanted, Figures.NONE, "not measured"));
            return;
        }
        Measured most =
                all.stream().max(Comparator.comparingDouble(Measured::value)).orElseThrow();
        judgement.add(new Outcome(
                target,
                wanted,
                Figures.bytes(most.value()) + ", " + most.label(),
                most.value() <= OBJECT_BYTES ? "met" : "missed"));
    }

    private static String label(Result result) {
        return Family.of(result).title() + " " + Family.label(result);
    }

    /** Of one operation, into storage that the last call used too: what is allocated is of no use to anyone. */
    private static boolean isOneOperation(Result result) {
        return switch (result.type()) {
            case "SquareBenchmark",
                    "ModelBenchmark",
                    "GemvBenchmark",
                    "OuterBenchmark",
                    "BatchedBenchmark",
                    "ElementwiseBenchmark",
                    "ViewsBenchmark",
                    "ReductionBenchmark" -> true;
            default -> false;
        };
    }

    private static Predicate<Result> square(int... sizes) {
        return each -> each.type().equals("SquareBenchmark")
                && each.param("layout").equals("NN")
                && Arrays.stream(sizes).anyMatch(n -> each.param("shape").equals(n + "x" + n + "x" + n));
    }

    private List<Measured> squares(String engine, int... sizes) {
        return judgement.against(engine, square(sizes));
    }

    private List<Measured> betterOfTwo(int... sizes) {
        Function<Result, Stream<Measured>> better = each -> judgement.run().peer(each, "mkl").stream()
                .flatMap(mkl -> judgement.run().peer(each, "openblas").stream()
                        .map(blas ->
                                new Measured(Family.label(each), Math.min(mkl.time(), blas.time()) / each.time())));
        return judgement.ours(square(sizes)).flatMap(better).toList();
    }
}
