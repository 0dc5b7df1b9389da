package dev.lanewise.bench.report;

import java.util.Arrays;
import java.util.List;

/** Benchmarks that are shown together, in the order of the page. */
enum Family {
    SQUARE("Square products", "Two matrices of n x n, row-major, one thread.", "SquareBenchmark"),
    MODEL(
            "Products of models",
            "Some rows of inputs by a weight: rows x columns x inner size. One row is inference, 128 a batch of"
                    + " training.",
            "ModelBenchmark"),
    BATCHED(
            "Batched products",
            "Many small products in one call: batch x rows x columns x inner size.",
            "BatchedBenchmark"),
    GEMV(
            "Products that memory bounds",
            "A matrix times a column reads each number once; a column times a row writes each once.",
            "GemvBenchmark",
            "OuterBenchmark"),
    THREADS("Threads", "The same products by more threads.", "ThreadsBenchmark"),
    ELEMENTWISE(
            "Elementwise operations",
            "Arrays from a length that fits the nearest cache to one that fits none.",
            "ElementwiseBenchmark"),
    VIEWS(
            "Views",
            "Operations of matrices of so many rows and columns that are transposed, cut out of others, or repeated,"
                    + " with a dense result, also as a share of the speed with dense operands.",
            "ViewsBenchmark"),
    REDUCTION("Reductions", "A whole array to one number, or to its softmax.", "ReductionBenchmark"),
    UPDATE(
            "Steps of optimizers",
            "New weights from old ones, a gradient that is there, and what the optimizer remembers of them.",
            "UpdateBenchmark"),
    AUTOGRAD("Recording and differentiating", "A chain of 100 operations on tiny arrays.", "AutogradBenchmark"),
    NET(
            "A two-layer net",
            "One step of training, 40-100-10 with 50 examples, by the library's gradients and by gradients written by"
                    + " hand.",
            "TwoLayerNetBenchmark"),
    MLP(
            "A classifier",
            "784-512-512-10: a step of training on 128 examples with none, one or two frozen layers, and inference.",
            "MlpBenchmark",
            "MlpInferenceBenchmark"),
    ENCODER_INFERENCE(
            "The encoder: inference",
            "Sentences x tokens of each, to 384 numbers for each token, with nothing recorded.",
            "EncoderInferenceBenchmark"),
    ENCODER_STEP(
            "The encoder: steps of training",
            "One step on 8 sentences of 32 tokens, with a new linear head on what the encoder makes of each sentence:"
                    + " forward, cross-entropy, backward, plain descent. What is frozen is run with nothing recorded;"
                    + " with any layer the embeddings are frozen too.",
            "EncoderStepBenchmark"),
    ENCODER_COLD(
            "The encoder: cold start",
            "From the start of a JVM to the first answer, the reading of the model's file included; nothing is warmed"
                    + " up.",
            "EncoderColdStartBenchmark"),
    COLD(
            "Cold start",
            "A JVM that has compiled nothing yet, and a product of 256 x 256 matrices.",
            "ColdStartBenchmark"),
    OTHER("Others", "");

    private final String title;
    private final String explanation;
    private final List<String> types;

    Family(String title, String explanation, String... types) {
        this.title = title;
        this.explanation = explanation;
        this.types = List.of(types);
    }

    String title() {
        return title;
    }

    String explanation() {
        return explanation;
    }

    /** Where the result is shown. */
    static Family of(Result result) {
        return Arrays.stream(values())
                .filter(each -> each.types.contains(result.type()))
                .findFirst()
                .orElse(OTHER);
    }

    /** What tells a result from others of its family, to a reader. */
    static String label(Result result) {
        String shape = result.param("shape").replace("x", " x ");
        String layout = result.param("layout").equals("NN") ? "" : " " + result.param("layout");
        return switch (result.type()) {
            case "SquareBenchmark" -> "n = " + result.param("shape").split("x")[0] + layout;
            case "ThreadsBenchmark" ->
                shape
                        + (result.param("threads").equals("1")
                                ? ", 1 thread"
                                : ", " + result.param("threads") + " threads");
            case "ElementwiseBenchmark", "ReductionBenchmark" ->
                result.param("op") + ", " + thousands(result.param("n"));
            case "ViewsBenchmark" ->
                result.param("op") + ", " + shape + ", " + result.param("view").replace('-', ' ');
            case "UpdateBenchmark" -> result.param("optimizer") + ", " + thousands(result.param("n"));
            case "AutogradBenchmark" -> result.param("length") + " operations";
            case "TwoLayerNetBenchmark" ->
                result.param("gradients").equals("byHand") ? "gradients by hand" : "autograd";
            case "MlpBenchmark" ->
                switch (result.param("frozen")) {
                    case "0" -> "step, nothing frozen";
                    case "1" -> "step, first layer frozen";
                    default -> "step, first " + result.param("frozen") + " layers frozen";
                };
            case "EncoderInferenceBenchmark" -> shape + " tokens";
            case "EncoderColdStartBenchmark" -> "from launch to answer, " + shape + " tokens";
            case "EncoderStepBenchmark" ->
                result.param("frozen").equals("0")
                        ? "step, nothing frozen"
                        : "step, " + result.param("frozen") + " of 6 layers frozen";
            case "MlpInferenceBenchmark" -> "inference, batch " + result.param("batch");
            case "ColdStartBenchmark" ->
                switch (result.method()) {
                    case "launchToAnswer" -> "from launch to answer";
                    case "firstCall" -> "first call";
                    case "firstSecond" -> "average call in the first second";
                    default -> result.method();
                };
            default -> shape.isEmpty() ? String.join(" ", result.params().values()) : shape + layout;
        };
    }

    private static String thousands(String number) {
        return String.format(java.util.Locale.ROOT, "%,d", Long.parseLong(number))
                .replace(',', '\u202f');
    }
}
