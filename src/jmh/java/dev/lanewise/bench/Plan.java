package dev.lanewise.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What a run measures: every family with its shapes and engines. */
final class Plan {

    private static final int[] SQUARES = {16, 32, 48, 64, 96, 100, 128, 192, 256, 384, 512, 768, 1000, 1024, 1536, 2048
    };

    /** Rows of inputs, by the weights that they are multiplied by, columns x inner size. */
    private static final int[] ROWS = {1, 2, 7, 32, 128};

    private static final String[] WEIGHTS = {"1024x1024", "784x512", "1536x384", "384x1536"};

    /** Batches of small products; the last are the two of attention with 32 sequences of 64 words and 12 heads of 32. */
    private static final String[] BATCHES = {"256x16x16x16", "256x32x32x32", "256x64x64x64", "384x64x64x32"};

    /** From the nearest cache to none at all. */
    private static final int[] LENGTHS = {1_000, 100_000, 1_000_000, 16_000_000};

    /** Operations and what they are compared with first: the same of dense operands. */
    private static final String[] VIEWS = {
        "add contiguous",
        "add transposed",
        "add both-transposed",
        "add column-range",
        "add every-second-row",
        "add broadcast-row",
        "add broadcast-column",
        "relu contiguous",
        "relu transposed"
    };

    /** Those that stand for the others, where there are many. */
    private static final String[] FEW_VIEWS = {"add contiguous", "add transposed", "add broadcast-row"};

    private static final String BLAS = "lanewise mkl openblas";
    private static final String ALL = "lanewise mkl openblas libtorch ejml ojalgo netlib scalar";
    private static final String ARRAYS = "lanewise libtorch";

    private final List<Case> cases = new ArrayList<>();

    private Plan() {}

    /** Every family of operations, in less than an hour. */
    static List<Case> full() {
        Plan plan = new Plan();
        plan.yardsticks(LENGTHS);
        for (int n : SQUARES) {
            plan.square(n, "NN", n == 64 || n == 512 ? ALL : BLAS);
        }
        for (String weight : WEIGHTS) {
            for (int m : ROWS) {
                plan.model(m, weight, "NN", m == 32 ? BLAS : "lanewise mkl");
            }
        }
        for (String layout : List.of("NT", "TN", "TT")) {
            for (int n : new int[] {64, 128, 256, 512, 1000, 1024}) {
                plan.square(n, layout, "lanewise");
            }
            for (String weight : WEIGHTS) {
                for (int m : ROWS) {
                    plan.model(m, weight, layout, "lanewise");
                }
            }
        }
        for (String batch : BATCHES) {
            plan.products("batched", BatchedBenchmark.class, batch, "NN", ARRAYS);
        }
        for (int n : new int[] {1024, 4096}) {
            plan.products("gemv", GemvBenchmark.class, n + "x1x" + n, "NN", BLAS);
            plan.products("outer", OuterBenchmark.class, n + "x" + n + "x1", "NN", BLAS);
        }
        for (int n : new int[] {16, 32, 96, 128, 256, 512}) {
            plan.threads(n + "x" + n + "x" + n);
        }
        plan.threads("64x32x32x32");
        plan.threads("256x64x64x64");
        plan.arrays();
        plan.coldStart("lanewise scalar mkl libtorch");
        return plan.cases;
    }

    /** Of the full plan what needs no matrices, in some fifteen minutes. */
    static List<Case> elementwise() {
        Plan plan = new Plan();
        plan.yardsticks(LENGTHS);
        plan.arrays();
        return plan.cases;
    }

    /** Elementwise operations, reductions and views. */
    private void arrays() {
        for (int n : LENGTHS) {
            elementwise(n, n <= 100_000 ? "add mul relu exp tanh sigmoid" : "add exp tanh");
            // libtorch's softmax of 16 million is further off (2e-4 of the largest) than results here may be.
            reductions(n, n <= 1_000_000 ? "sum softmax" : "sum");
        }
        for (int n : new int[] {1, 10, 100}) {
            elementwise(n, "add tanh");
        }
        views("100x100", "lanewise", VIEWS);
        views("333x301", ARRAYS, FEW_VIEWS);
        views("1000x1000", "lanewise", VIEWS);
        views("1000x1000", "libtorch", FEW_VIEWS);
    }

    /** The most telling shapes, in less than ten minutes. */
    static List<Case> quick() {
        Plan plan = new Plan();
        plan.yardsticks(16_000_000);
        for (int n : new int[] {64, 256, 512, 1024}) {
            plan.square(n, "NN", BLAS);
        }
        plan.model(1, "1024x1024", "NN", "lanewise mkl");
        plan.model(32, "1024x1024", "NN", "lanewise mkl");
        plan.model(32, "1024x1024", "NT", "lanewise");
        plan.products("batched", BatchedBenchmark.class, "256x32x32x32", "NN", ARRAYS);
        plan.elementwise(100_000, "add tanh");
        plan.reductions(100_000, "softmax");
        plan.threads("512x512x512");
        plan.training(0);
        plan.inference(1);
        return plan.cases;
    }

    /** Small networks, their steps of training and inference, and steps of optimizers, in about ten minutes. */
    static List<Case> networks() {
        Plan plan = new Plan();
        plan.training(0, 1, 2);
        plan.inference(1, 128);
        plan.updates(1_000_000, "adam momentum");
        return plan.cases;
    }

    /** The sentence encoder, in about ten minutes: inference by sentences x tokens, and steps of training. */
    static List<Case> encoder() {
        Plan plan = new Plan();
        for (String shape : List.of("1x8", "1x16", "1x64", "8x32", "32x64")) {
            plan.compare(
                    "encoder",
                    EncoderInferenceBenchmark.class,
                    "infer",
                    Timing.MODEL,
                    "lanewise onnxruntime libtorch",
                    "shape",
                    shape);
        }
        for (int frozen : new int[] {6, 5, 4, 0}) {
            plan.compare(
                    "encoder",
                    EncoderStepBenchmark.class,
                    "step",
                    Timing.MODEL,
                    ARRAYS,
                    "frozen",
                    String.valueOf(frozen));
        }
        plan.compare(
                "encoder",
                EncoderColdStartBenchmark.class,
                "launchToAnswer",
                Timing.ONCE,
                "lanewise onnxruntime",
                "shape",
                "1x16");
        return plan.cases;
    }

    private void yardsticks(int... lengths) {
        add("yardstick", PeakBenchmark.class, "fusedMultiplyAdd", Timing.STEADY);
        for (int n : lengths) {
            add("yardstick", CopyBenchmark.class, "copy", Timing.STEADY, "n", String.valueOf(n));
        }
    }

    private void square(int n, String layout, String engines) {
        products("square", SquareBenchmark.class, n + "x" + n + "x" + n, layout, engines);
    }

    private void model(int m, String weight, String layout, String engines) {
        products("model", ModelBenchmark.class, m + "x" + weight, layout, engines);
    }

    private void products(String family, Class<?> benchmark, String shape, String layout, String engines) {
        compare(family, benchmark, "multiply", Timing.STEADY, engines, "shape", shape, "layout", layout);
    }

    /** This library alone: peers are measured on one thread. */
    private void threads(String shape) {
        for (String threads : List.of("1", "2")) {
            compare(
                    "threads",
                    ThreadsBenchmark.class,
                    "multiply",
                    Timing.STEADY,
                    "lanewise",
                    "shape",
                    shape,
                    "threads",
                    threads);
        }
    }

    private void elementwise(int n, String operations) {
        for (String op : operations.split(" ")) {
            operation("elementwise", ElementwiseBenchmark.class, op, n);
        }
    }

    private void views(String shape, String engines, String... operations) {
        for (String each : operations) {
            String[] opAndView = each.split(" ");
            compare(
                    "views",
                    ViewsBenchmark.class,
                    "apply",
                    Timing.STEADY,
                    engines,
                    "op",
                    opAndView[0],
                    "view",
                    opAndView[1],
                    "shape",
                    shape);
        }
    }

    private void reductions(int n, String operations) {
        for (String op : operations.split(" ")) {
            operation("reduction", ReductionBenchmark.class, op, n);
        }
    }

    private void operation(String family, Class<?> benchmark, String op, int n) {
        compare(family, benchmark, "apply", Timing.STEADY, ARRAYS, "op", op, "n", String.valueOf(n));
    }

    private void updates(int n, String optimizers) {
        for (String each : optimizers.split(" ")) {
            compare(
                    "update",
                    UpdateBenchmark.class,
                    "step",
                    Timing.STEADY,
                    ARRAYS,
                    "optimizer",
                    each,
                    "n",
                    String.valueOf(n));
        }
    }

    private void training(int... frozenLayers) {
        compare("autograd", AutogradBenchmark.class, "forwardAndBackward", Timing.STEADY, ARRAYS, "length", "100");
        for (String gradients : List.of("autograd", "byHand")) {
            compare("net", TwoLayerNetBenchmark.class, "step", Timing.STEADY, ARRAYS, "gradients", gradients);
        }
        for (int frozen : frozenLayers) {
            compare("mlp", MlpBenchmark.class, "step", Timing.MODEL, ARRAYS, "frozen", String.valueOf(frozen));
        }
    }

    private void inference(int... batches) {
        for (int batch : batches) {
            compare("mlp", MlpInferenceBenchmark.class, "infer", Timing.STEADY, ARRAYS, "batch", String.valueOf(batch));
        }
    }

    private void coldStart(String engines) {
        String shape = "256x256x256";
        compare("cold", ColdStartBenchmark.class, "launchToAnswer", Timing.ONCE, engines, "shape", shape);
        compare("cold", ColdStartBenchmark.class, "firstCall", Timing.ONCE, engines, "shape", shape);
        compare("cold", ColdStartBenchmark.class, "firstSecond", Timing.FIRST_SECOND, engines, "shape", shape);
    }

    private void compare(
            String family, Class<?> benchmark, String method, Timing timing, String engines, String... params) {
        for (String engine : engines.split(" ")) {
            List<String> all = new ArrayList<>(List.of("engine", engine));
            all.addAll(List.of(params));
            add(family, benchmark, method, timing, all.toArray(String[]::new));
        }
    }

    private void add(String family, Class<?> benchmark, String method, Timing timing, String... namesAndValues) {
        SequencedMap<String, String> params = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        cases.add(new Case(family, benchmark, method, params, timing));
    }
}
