package dev.lanewise.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.bench.report.Judgement.Outcome;
import java.util.List;
import org.junit.jupiter.api.Test;

class TargetsTest {

    private static final int[] MIDDLE = {128, 192, 256, 384, 512, 768, 1000, 1024};

    private static Outcome outcome(Run run, String target) {
        return Targets.of(run).stream()
                .filter(each -> each.target().equals(target))
                .findFirst()
                .orElseThrow();
    }

    /** As fast as MKL but at 512, where it is {@code ratio} times as fast. */
    private static Run squares(double ratio) {
        Runs runs = new Runs();
        for (int n : MIDDLE) {
            runs.square("lanewise", n, n == 512 ? 100 / ratio : 100).square("mkl", n, 100);
        }
        return runs.run();
    }

    @Test
    void meanAndLowestAreJudgedApart() {
        String target = "Square, n = 128 to 1024, against MKL";
        Run run = squares(0.8);
        assertEquals(
                new Outcome(target + ": geometric mean", "at least 0.97", "0.97", "met"),
                outcome(run, target + ": geometric mean"));
        assertEquals(
                new Outcome(target + ": lowest", "at least 0.90", "0.80, n = 512", "missed"),
                outcome(run, target + ": lowest"));
        assertEquals(
                "missed", outcome(squares(0.78), target + ": geometric mean").verdict());
        assertEquals("met", outcome(squares(0.95), target + ": lowest").verdict());
    }

    @Test
    void whatTheRunLacksIsSaid() {
        Run run =
                new Runs().square("lanewise", 256, 100).square("mkl", 256, 110).run();
        Outcome part = outcome(run, "Square, n = 128 to 1024, against MKL: geometric mean");
        assertEquals("1.10 (1 of 8)", part.measured());
        assertEquals("in part", part.verdict());
        Outcome none = outcome(run, "256 products of 16 x 16 x 16, against libtorch");
        assertEquals("not measured", none.verdict());
        assertEquals("at least 8.00", none.wanted());
    }

    @Test
    void smallOnesMeetTheBetterOfTwo() {
        Runs runs = new Runs();
        for (int n : new int[] {16, 32, 48, 64, 96, 100}) {
            runs.square("lanewise", n, 100)
                    .square("mkl", n, n < 50 ? 80 : 200)
                    .square("openblas", n, n < 50 ? 200 : 125);
        }
        Outcome outcome =
                outcome(runs.run(), "Square, n = 16 to 100, against the better of MKL and OpenBLAS: geometric mean");
        assertEquals("1.00", outcome.measured());
        assertEquals("met", outcome.verdict());
    }

    @Test
    void layoutsAreComparedWithRowMajor() {
        Runs runs = new Runs();
        for (int i = 0; i < 26; i++) {
            String shape = "engine=lanewise shape=" + (i + 1) + "x8x8 layout=";
            runs.add("ModelBenchmark.multiply", shape + "NN", 100);
            for (String layout : new String[] {"NT", "TN", "TT"}) {
                runs.add("ModelBenchmark.multiply", shape + layout, i == 6 && layout.equals("TN") ? 125 : 100);
            }
        }
        Outcome outcome = outcome(runs.run(), "NT, TN and TT, against NN: lowest");
        assertEquals("0.80, 7 x 8 x 8 TN", outcome.measured());
        assertEquals("missed", outcome.verdict());
    }

    @Test
    void twoThreadsMustPayFromSomeSizeOnAndNeverCost() {
        String shape = "ThreadsBenchmark.multiply";
        Run run = new Runs()
                .add(shape, "engine=lanewise shape=32x32x32 layout=NN threads=1", 100)
                .add(shape, "engine=lanewise shape=32x32x32 layout=NN threads=2", 100)
                .add(shape, "engine=lanewise shape=64x8x8x8 layout=NN threads=1", 190)
                .add(shape, "engine=lanewise shape=64x8x8x8 layout=NN threads=2", 100)
                .run();
        assertEquals(
                new Outcome("Two threads, n from 256 and batches from 64, against one", "at least 1.85", "1.90", "met"),
                outcome(run, "Two threads, n from 256 and batches from 64, against one"));
        assertEquals(
                "1.00, 32 x 32 x 32, 2 threads",
                outcome(run, "Two threads, any size, against one: lowest").measured());
    }

    @Test
    void garbageOfOneOperationCountsWhole() {
        String target = "Bytes allocated per call of an operation in a workspace, beyond JMH's own";
        Runs runs = new Runs()
                .square("lanewise", 64, 100)
                .allocating("BatchedBenchmark.multiply", "engine=lanewise shape=2x4x4x8 layout=NN", 600, 100)
                .allocating("MlpBenchmark.step", "engine=lanewise frozen=0", 9e6, 100);
        assertEquals(
                "600, Batched products 2 x 4 x 4 x 8",
                outcome(runs.run(), target).measured());
        assertEquals("met", outcome(runs.run(), target).verdict());
        runs.allocating("ReductionBenchmark.apply", "engine=lanewise op=sum n=1000", 4000, 100);
        assertEquals("missed", outcome(runs.run(), target).verdict());
    }

    @Test
    void onlyTargetsOfWhatWasMeasuredAreListed() {
        Run run = new Runs()
                .add("TwoLayerNetBenchmark.step", "engine=lanewise gradients=autograd", 100)
                .add("TwoLayerNetBenchmark.step", "engine=libtorch gradients=autograd", 390)
                .run();
        assertEquals(
                new Outcome("A two-layer net, autograd, against libtorch", "at least 4.00", "3.90", "missed"),
                outcome(run, "A two-layer net, autograd, against libtorch"));
        assertEquals(
                "not measured",
                outcome(run, "Inference of one example, against libtorch").verdict());
        assertTrue(Targets.of(run).stream().noneMatch(each -> each.target().startsWith("Square")));
        assertEquals(List.of(), Targets.of(new Runs().peak().run()));
    }

    @Test
    void elementwiseOperationsAreHeldByTheirLength() {
        Runs runs = new Runs().add("CopyBenchmark.copy", "n=16000000", 100);
        for (String op : List.of("add", "mul", "relu", "exp", "tanh", "sigmoid")) {
            for (String n : List.of("1000", "100000", "16000000")) {
                runs.add("ElementwiseBenchmark.apply", "engine=lanewise op=" + op + " n=" + n, 200)
                        .add(
                                "ElementwiseBenchmark.apply",
                                "engine=libtorch op=" + op + " n=" + n,
                                n.equals("1000") && op.equals("exp") ? 800 : 1200);
            }
        }
        Run run = runs.run();
        assertEquals(
                "4.00, exp, 1\u202f000",
                outcome(run, "Elementwise, n = 1000, against libtorch: lowest").measured());
        assertEquals("met", outcome(run, "tanh, n = 100 000, against libtorch").verdict());
        // Two arrays in and one out, by a copy that moves two in half the time.
        assertEquals(
                "0.75",
                outcome(run, "add, n = 16 000 000, of the bandwidth of a copy").measured());
    }

    @Test
    void viewsAreHeldAgainstDenseOperandsOfTheSameShape() {
        String target = "Views, share of the contiguous speed: lowest";
        Runs runs = new Runs();
        for (String op : List.of("add", "relu")) {
            for (String shape : List.of("100x100", "1000x1000")) {
                String params = "engine=lanewise op=" + op + " shape=" + shape + " view=";
                runs.add("ViewsBenchmark.apply", params + "contiguous", shape.equals("100x100") ? 10 : 1000)
                        .add("ViewsBenchmark.apply", params + "transposed", shape.equals("100x100") ? 18 : 2500);
            }
        }
        runs.add("ViewsBenchmark.apply", "engine=libtorch op=add shape=100x100 view=transposed", 1000);
        assertEquals(
                new Outcome(target, "at least 0.50", "0.40, add, 1000 x 1000, transposed (4 of 16)", "missed"),
                outcome(runs.run(), target));
    }

    @Test
    void smallArraysHaveATargetOfTheirOwn() {
        String target = "Elementwise, n = 1 to 100, against libtorch: lowest";
        Runs runs = new Runs();
        for (String op : List.of("add", "tanh")) {
            for (String n : List.of("1", "10", "100")) {
                runs.add("ElementwiseBenchmark.apply", "engine=lanewise op=" + op + " n=" + n, 100)
                        .add(
                                "ElementwiseBenchmark.apply",
                                "engine=libtorch op=" + op + " n=" + n,
                                op.equals("add") && n.equals("100") ? 510 : 900);
            }
        }
        assertEquals(new Outcome(target, "at least 5.00", "5.10, add, 100", "met"), outcome(runs.run(), target));
    }

    @Test
    void whatFreezingSavesIsComparedWithWhatItSavesThePeer() {
        Runs runs = new Runs();
        double[] ours = {100, 60, 40};
        double[] theirs = {120, 60, 60};
        for (int frozen = 0; frozen < 3; frozen++) {
            runs.add("MlpBenchmark.step", "engine=lanewise frozen=" + frozen, ours[frozen])
                    .add("MlpBenchmark.step", "engine=libtorch frozen=" + frozen, theirs[frozen]);
        }
        assertEquals(
                "1.00, step, first layer frozen",
                outcome(runs.run(), "A step of the classifier, against libtorch: lowest")
                        .measured());
        assertEquals(
                "0.83, step, first layer frozen",
                outcome(runs.run(), "What freezing saves of a step, against what it saves libtorch: lowest")
                        .measured());
    }

    /** 1.2 times as fast as ONNX Runtime but at one shape, and as fast as libtorch but with 4 layers frozen. */
    private static Run encoder(String slow, double inference, double step) {
        Runs runs = new Runs();
        for (String shape : new String[] {"1x8", "1x16", "1x64", "8x32", "32x64"}) {
            String benchmark = "EncoderInferenceBenchmark.infer";
            runs.add(benchmark, "engine=lanewise shape=" + shape, 100);
            runs.add(benchmark, "engine=onnxruntime shape=" + shape, shape.equals(slow) ? 100 * inference : 120);
            runs.add(benchmark, "engine=libtorch shape=" + shape, 90);
        }
        for (int frozen : new int[] {6, 5, 4, 0}) {
            String benchmark = "EncoderStepBenchmark.step";
            runs.add(benchmark, "engine=lanewise frozen=" + frozen, 100);
            runs.add(benchmark, "engine=libtorch frozen=" + frozen, frozen == 4 ? 100 * step : 100);
        }
        return runs.run("encoder");
    }

    @Test
    void encoderHasTargetsOfItsOwn() {
        String any = "Inference, any shape, against ONNX Runtime: lowest";
        String large = "Inference, from 8 x 32 tokens up, against ONNX Runtime: lowest";
        String steps = "Steps of training, any layers frozen, against libtorch: lowest";
        assertEquals(5, Targets.of(encoder("", 1, 1)).size());
        Run slowWhereSmall = encoder("1x64", 0.9, 0.95);
        assertEquals(new Outcome(any, "at least 1.00", "0.90, 1 x 64 tokens", "missed"), outcome(slowWhereSmall, any));
        assertEquals("met", outcome(slowWhereSmall, large).verdict());
        assertEquals(
                new Outcome(steps, "at least 1.00", "0.95, step, 4 of 6 layers frozen", "missed"),
                outcome(slowWhereSmall, steps));
        Run slowWhereLarge = encoder("8x32", 1.1, 1.05);
        assertEquals("met", outcome(slowWhereLarge, any).verdict());
        assertEquals(
                new Outcome(large, "at least 1.15", "1.10, 8 x 32 tokens", "missed"), outcome(slowWhereLarge, large));
        assertEquals("met", outcome(slowWhereLarge, steps).verdict());
    }

    @Test
    void whatFreezingSavesOfTheEncoderIsToldOfBoth() {
        String target = "A full step, in steps with all layers frozen";
        Runs runs = new Runs().add("EncoderInferenceBenchmark.infer", "engine=lanewise shape=1x8", 100);
        assertEquals("not measured", outcome(runs.run("encoder"), target).verdict());
        String step = "EncoderStepBenchmark.step";
        runs.add(step, "engine=lanewise frozen=6", 50)
                .add(step, "engine=lanewise frozen=0", 100)
                .add(step, "engine=libtorch frozen=6", 60)
                .add(step, "engine=libtorch frozen=0", 126);
        assertEquals(
                new Outcome(target, "at least libtorch's 2.10", "2.00", "missed"),
                outcome(runs.run("encoder"), target));
    }
}
