package dev.lanewise.bench;

import java.util.Arrays;
import java.util.Map;

/**
 * What one call of a benchmark does, so that its nanoseconds can be told as a rate.
 *
 * @param unit what is counted
 * @param amount how many of them in one call
 * @param bytes what the call must at least read and write, to compare with the bandwidth of a copy; 0 where memory is
 *     not what bounds it
 */
public record Work(Unit unit, double amount, double bytes) {

    /** What is counted. */
    public enum Unit {
        /** Floating-point operations, a fused multiply-add being two: amount per nanosecond is GFLOP/s. */
        FLOATING_POINT_OPERATIONS,
        /** Bytes read and written: amount per nanosecond is GB/s. */
        BYTES,
        /** Elements of the operands: told as nanoseconds per element. */
        ELEMENTS,
        /** Operations recorded for differentiation: told as nanoseconds per operation. */
        RECORDED_OPERATIONS,
        /** The whole call: told as its time. */
        CALLS
    }

    /**
     * What a call of {@code benchmark} does.
     *
     * @param benchmark its name in JMH's results, {@code "dev.lanewise.bench.SquareBenchmark.multiply"}
     * @param params its parameters there
     */
    public static Work of(String benchmark, Map<String, String> params) {
        String[] names = benchmark.split("\\.");
        return switch (names[names.length - 2]) {
            case "PeakBenchmark" -> operations(PeakBenchmark.OPERATIONS);
            case "CopyBenchmark" -> bytes(2 * 4 * number(params, "n"));
            case "SquareBenchmark", "ModelBenchmark", "BatchedBenchmark", "ThreadsBenchmark" ->
                operations(2 * product(shape(params)));
            case "GemvBenchmark", "OuterBenchmark" -> {
                double[] mnk = shape(params);
                yield bytes(4 * (mnk[0] * mnk[1] + mnk[1] * mnk[2] + mnk[0] * mnk[2]));
            }
            case "ElementwiseBenchmark" -> {
                double n = number(params, "n");
                boolean binary =
                        params.get("op").equals("add") || params.get("op").equals("mul");
                yield new Work(Unit.ELEMENTS, n, (binary ? 3 : 2) * 4 * n);
            }
            case "ViewsBenchmark" -> {
                double n = product(shape(params));
                yield new Work(Unit.ELEMENTS, n, (params.get("op").equals("add") ? 3 : 2) * 4 * n);
            }
            case "ReductionBenchmark" -> {
                double n = number(params, "n");
                yield new Work(Unit.ELEMENTS, n, (params.get("op").equals("softmax") ? 2 : 1) * 4 * n);
            }
            case "UpdateBenchmark" -> {
                double n = number(params, "n");
                // Read are weights, gradient and what is remembered; written are weights and what is remembered.
                boolean adam = params.get("optimizer").equals("adam");
                yield new Work(Unit.ELEMENTS, n, (adam ? 7 : 5) * 4 * n);
            }
            case "AutogradBenchmark" -> new Work(Unit.RECORDED_OPERATIONS, number(params, "length"), 0);
            case "TwoLayerNetBenchmark",
                    "MlpBenchmark",
                    "MlpInferenceBenchmark",
                    "ColdStartBenchmark",
                    "EncoderColdStartBenchmark",
                    "EncoderInferenceBenchmark",
                    "EncoderStepBenchmark" -> new Work(Unit.CALLS, 1, 0);
            default -> throw new IllegalArgumentException("Work: nothing is known about " + benchmark);
        };
    }

    private static Work operations(double count) {
        return new Work(Unit.FLOATING_POINT_OPERATIONS, count, 0);
    }

    private static Work bytes(double count) {
        return new Work(Unit.BYTES, count, count);
    }

    private static double number(Map<String, String> params, String name) {
        return Double.parseDouble(params.get(name));
    }

    /** {@code MxNxK}, or {@code BxMxNxK} for a batch. */
    private static double[] shape(Map<String, String> params) {
        return Arrays.stream(params.get("shape").split("x"))
                .mapToDouble(Double::parseDouble)
                .toArray();
    }

    private static double product(double[] numbers) {
        return Arrays.stream(numbers).reduce(1, (a, b) -> a * b);
    }
}
