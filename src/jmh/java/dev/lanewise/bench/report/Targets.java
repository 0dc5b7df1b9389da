package dev.lanewise.bench.report;

import dev.lanewise.bench.Statistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** What the project wants to reach, in one table, and what a run says of it. */
final class Targets {

    /** Garbage beyond a call's result that JMH makes itself, about: the gate looks at kernels alone, and allows none. */
    private static final double HARNESS_BYTES = 1024;

    private final Run run;
    private final List<Outcome> outcomes = new ArrayList<>();

    private Targets(Run run) {
        this.run = run;
    }

    /**
     * One target.
     *
     * @param verdict {@code met}, {@code missed}, {@code in part} where the run lacks some of what the target names, or
     *     {@code not measured}
     */
    record Outcome(String target, String wanted, String measured, String verdict) {}

    /** One number of those that a target is about. */
    private record Measured(String label, double value) {}

    static List<Outcome> of(Run run) {
        Targets targets = new Targets(run);
        if (run.isOfEncoder()) {
            targets.encoder();
            return targets.outcomes;
        }
        targets.squares();
        targets.models();
        targets.batches();
        targets.threads();
        targets.garbage();
        return targets.outcomes;
    }

    private void encoder() {
        Predicate<Result> inference = each -> each.type().equals("EncoderInferenceBenchmark");
        lowest("Inference, any shape, against ONNX Runtime", 1.00, 5, against("onnxruntime", inference));
        lowest(
                "Inference, from 8 x 32 tokens up, against ONNX Runtime",
                1.15,
                2,
                against("onnxruntime", inference.and(each -> tokens(each) >= 8 * 32)));
        lowest(
                "Steps of training, any layers frozen, against libtorch",
                1.00,
                4,
                against("libtorch", each -> each.type().equals("EncoderStepBenchmark")));
    }

    private static int tokens(Result result) {
        return Arrays.stream(result.param("shape").split("x"))
                .mapToInt(Integer::parseInt)
                .reduce(1, (a, b) -> a * b);
    }

    private void squares() {
        List<Measured> mkl = squares("mkl", 128, 192, 256, 384, 512, 768, 1000, 1024);
        mean("Square, n = 128 to 1024, against MKL", 0.97, 8, mkl);
        lowest("Square, n = 128 to 1024, against MKL", 0.90, 8, mkl);
        mean(
                "Square, n = 128 to 1024, against OpenBLAS",
                1.10,
                8,
                squares("openblas", 128, 192, 256, 384, 512, 768, 1000, 1024));
        lowest("Square, n = 1536 and 2048, against MKL", 0.93, 2, squares("mkl", 1536, 2048));
        lowest("Square, n = 1536 and 2048, against OpenBLAS", 1.00, 2, squares("openblas", 1536, 2048));
        mean(
                "Square, n = 16 to 100, against the better of MKL and OpenBLAS",
                0.92,
                6,
                betterOfTwo(16, 32, 48, 64, 96, 100));
    }

    private void models() {
        Predicate<Result> plain = each ->
                each.type().equals("ModelBenchmark") && each.param("layout").equals("NN");
        lowest("Products of models, against MKL", 0.95, 20, against("mkl", plain));
        lowest(
                "NT, TN and TT, against NN",
                0.95,
                3 * (6 + 20),
                ours(each -> !each.param("layout").isEmpty()
                                && !each.param("layout").equals("NN"))
                        .flatMap(each -> run.sibling(each, "layout", "NN").stream()
                                .map(nn -> new Measured(Family.label(each), nn.time() / each.time())))
                        .toList());
    }

    private void batches() {
        batch("256 products of 16 x 16 x 16, against libtorch", 8, "256x16x16x16");
        batch("256 products of 32 x 32 x 32, against libtorch", 2.3, "256x32x32x32");
        batch("256 products of 64 x 64 x 64, against libtorch", 1.15, "256x64x64x64");
        batch("Attention, 384 products of 64 x 64 x 32, against libtorch", 1.5, "384x64x64x32");
    }

    private void batch(String target, double wanted, String shape) {
        lowest(
                target,
                wanted,
                1,
                against(
                        "libtorch",
                        each -> each.type().equals("BatchedBenchmark")
                                && each.param("shape").equals(shape)));
    }

    private void threads() {
        List<Measured> all = new ArrayList<>();
        List<Measured> large = new ArrayList<>();
        ours(each -> each.type().equals("ThreadsBenchmark")
                        && each.param("threads").equals("2"))
                .forEach(two -> run.sibling(two, "threads", "1").ifPresent(one -> {
                    Measured measured = new Measured(Family.label(two), one.time() / two.time());
                    all.add(measured);
                    if (isLarge(two.param("shape"))) {
                        large.add(measured);
                    }
                }));
        lowest("Two threads, n from 256 and batches from 64, against one", 1.85, Math.max(1, large.size()), large);
        lowest("Two threads, any size, against one", 1.00, Math.max(1, all.size()), all);
    }

    private static boolean isLarge(String shape) {
        int[] sizes =
                Arrays.stream(shape.split("x")).mapToInt(Integer::parseInt).toArray();
        return sizes.length == 4 ? sizes[0] >= 64 : Arrays.stream(sizes).min().orElse(0) >= 256;
    }

    private void garbage() {
        List<Measured> beyond = ours(each -> !Double.isNaN(each.garbage()) && resultBytes(each) >= 0)
                .map(each -> new Measured(label(each), each.garbage() - resultBytes(each)))
                .toList();
        String target = "Bytes allocated per call beyond the result, JMH's own included";
        String wanted = String.format(Locale.ROOT, "at most %.0f", HARNESS_BYTES);
        if (beyond.isEmpty()) {
            outcomes.add(new Outcome(target, wanted, Figures.NONE, "not measured"));
            return;
        }
        Measured most =
                beyond.stream().max(Comparator.comparingDouble(Measured::value)).orElseThrow();
        outcomes.add(new Outcome(
                target,
                wanted,
                Figures.bytes(most.value()) + ", " + most.label(),
                most.value() <= HARNESS_BYTES ? "met" : "missed"));
    }

    private static String label(Result result) {
        return Family.of(result).title() + " " + Family.label(result);
    }

    /** Bytes of the array that a call returns; 0 where it writes into one that it is given; -1 for whole programs. */
    private static double resultBytes(Result result) {
        return switch (result.type()) {
            case "SquareBenchmark", "ModelBenchmark", "GemvBenchmark", "OuterBenchmark" -> 0;
            case "BatchedBenchmark" -> {
                String[] sizes = result.param("shape").split("x");
                yield 4.0 * Long.parseLong(sizes[0]) * Long.parseLong(sizes[1]) * Long.parseLong(sizes[2]);
            }
            case "ElementwiseBenchmark" -> 4.0 * Long.parseLong(result.param("n"));
            case "ReductionBenchmark" ->
                result.param("op").equals("softmax") ? 4.0 * Long.parseLong(result.param("n")) : 0;
            default -> -1;
        };
    }

    private Stream<Result> ours(Predicate<Result> which) {
        return run.results().stream().filter(each -> each.engine().equals(Engines.OURS) && which.test(each));
    }

    private List<Measured> against(String engine, Predicate<Result> which) {
        return ours(which)
                .flatMap(each -> run.peer(each, engine).stream()
                        .map(peer -> new Measured(Family.label(each), peer.time() / each.time())))
                .toList();
    }

    private static Predicate<Result> square(int... sizes) {
        return each -> each.type().equals("SquareBenchmark")
                && each.param("layout").equals("NN")
                && Arrays.stream(sizes).anyMatch(n -> each.param("shape").equals(n + "x" + n + "x" + n));
    }

    private List<Measured> squares(String engine, int... sizes) {
        return against(engine, square(sizes));
    }

    private List<Measured> betterOfTwo(int... sizes) {
        Function<Result, Stream<Measured>> better = each -> run.peer(each, "mkl").stream()
                .flatMap(mkl -> run.peer(each, "openblas").stream()
                        .map(blas ->
                                new Measured(Family.label(each), Math.min(mkl.time(), blas.time()) / each.time())));
        return ours(square(sizes)).flatMap(better).toList();
    }

    private void mean(String target, double wanted, int number, List<Measured> measured) {
        ToDoubleFunction<List<Measured>> mean = all -> Statistics.geometricMean(
                all.stream().mapToDouble(Measured::value).toArray());
        judge(target + ": geometric mean", wanted, number, measured, mean, "");
    }

    private void lowest(String target, double wanted, int number, List<Measured> measured) {
        String where = measured.stream()
                .min(Comparator.comparingDouble(Measured::value))
                .map(least -> number > 1 ? ", " + least.label() : "")
                .orElse("");
        ToDoubleFunction<List<Measured>> least =
                all -> all.stream().mapToDouble(Measured::value).min().orElseThrow();
        judge(number > 1 ? target + ": lowest" : target, wanted, number, measured, least, where);
    }

    private void judge(
            String target,
            double wanted,
            int number,
            List<Measured> measured,
            ToDoubleFunction<List<Measured>> of,
            String where) {
        String least = "at least " + Figures.ratio(wanted);
        if (measured.isEmpty()) {
            outcomes.add(new Outcome(target, least, Figures.NONE, "not measured"));
            return;
        }
        double value = of.applyAsDouble(measured);
        String part = measured.size() < number ? " (" + measured.size() + " of " + number + ")" : "";
        String verdict = value < wanted ? "missed" : part.isEmpty() ? "met" : "in part";
        outcomes.add(new Outcome(target, least, Figures.ratio(value) + where + part, verdict));
    }
}
