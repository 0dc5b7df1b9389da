package dev.lanewise.bench.report;

import dev.lanewise.bench.report.Judgement.Outcome;
import java.util.Arrays;
import java.util.function.Predicate;

/** What is wanted of the sentence encoder. */
final class EncoderTargets {

    private static final String ONNX_RUNTIME = "onnxruntime";
    private static final String LIBTORCH = "libtorch";
    private static final String LAYERS = "6";

    private EncoderTargets() {}

    static void judge(Judgement judgement) {
        Predicate<Result> inference = each -> each.type().equals("EncoderInferenceBenchmark");
        judgement.lowest(
                "Inference, any shape, against ONNX Runtime", 1.00, 5, judgement.against(ONNX_RUNTIME, inference));
        judgement.lowest(
                "Inference, from 8 x 32 tokens up, against ONNX Runtime",
                1.15,
                2,
                judgement.against(ONNX_RUNTIME, inference.and(each -> tokens(each) >= 8 * 32)));
        judgement.lowest(
                "Steps of training, any layers frozen, against libtorch",
                1.00,
                4,
                judgement.against(LIBTORCH, each -> each.type().equals("EncoderStepBenchmark")));
        freezing(judgement);
        judgement.lowest(
                "From the start of the JVM to the first answer, against ONNX Runtime",
                1.00,
                1,
                judgement.against(ONNX_RUNTIME, each -> each.type().equals("EncoderColdStartBenchmark")));
    }

    /** Both ratios are told, and not only which is larger. */
    private static void freezing(Judgement judgement) {
        String target = "A full step, in steps with all layers frozen";
        judgement
                .ours(each -> each.type().equals("EncoderStepBenchmark")
                        && each.param("frozen").equals(LAYERS))
                .flatMap(each -> judgement.saved(each, LIBTORCH).stream())
                .findFirst()
                .ifPresentOrElse(
                        saved -> judgement.add(new Outcome(
                                target,
                                "at least libtorch's " + Figures.ratio(saved.theirs()),
                                Figures.ratio(saved.ours()),
                                saved.ours() >= saved.theirs() ? "met" : "missed")),
                        () -> judgement.add(new Outcome(target, "at least libtorch's", Figures.NONE, "not measured")));
    }

    private static int tokens(Result result) {
        return Arrays.stream(result.param("shape").split("x"))
                .mapToInt(Integer::parseInt)
                .reduce(1, (a, b) -> a * b);
    }
}
