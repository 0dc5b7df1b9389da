package dev.lanewise.bench.report;

import java.util.Arrays;
import java.util.function.Predicate;

/** What is wanted of the sentence encoder. */
final class EncoderTargets {

    private static final String ONNX_RUNTIME = "onnxruntime";

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
                judgement.against("libtorch", each -> each.type().equals("EncoderStepBenchmark")));
        judgement.lowest(
                "From the start of the JVM to the first answer, against ONNX Runtime",
                1.00,
                1,
                judgement.against(ONNX_RUNTIME, each -> each.type().equals("EncoderColdStartBenchmark")));
    }

    private static int tokens(Result result) {
        return Arrays.stream(result.param("shape").split("x"))
                .mapToInt(Integer::parseInt)
                .reduce(1, (a, b) -> a * b);
    }
}
