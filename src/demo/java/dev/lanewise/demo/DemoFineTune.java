package dev.lanewise.demo;

import dev.lanewise.Lanewise;
import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Graph;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Losses;
import dev.lanewise.nn.ParameterCount;
import dev.lanewise.nn.Relu;
import dev.lanewise.nn.Sequential;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Pretrains a network on the handwritten digits 0 to 4, then teaches it the digits 5 to 9 with none, one or both of its
 * feature layers frozen, and shows what that saves and what it costs. The same task from scratch is there to compare.
 */
public final class DemoFineTune {

    private static final int WIDTH = 256;
    private static final int CLASSES = 5;
    private static final int BATCH = 50;
    private static final double LEARNING_RATE = 1e-3;

    /** Fine-tuning is for those who have few examples: 20 of each digit on average. All others are held out. */
    private static final int FEW = 100;

    private static final String USAGE = "usage: DemoFineTune [--seed NUMBER] [--epochs NUMBER]";

    /** What a run came to. */
    private record Result(
            String name,
            ParameterCount parameters,
            Graph.Report graph,
            double forward,
            double backward,
            double right) {}

    private final long seed;
    private final int epochs;

    private DemoFineTune(long seed, int epochs) {
        this.seed = seed;
        this.epochs = epochs;
    }

    /**
     * Runs all settings.
     *
     * @param args {@code --seed} for another split and other first weights, {@code --epochs} of fine-tuning
     */
    public static void main(String[] args) {
        int seed = 1;
        int epochs = 200;
        try {
            for (int i = 0; i < args.length; i += 2) {
                String value = i + 1 < args.length ? args[i + 1] : "";
                switch (args[i]) {
                    case "--seed" -> seed = number(args[i], value, Integer.MIN_VALUE);
                    case "--epochs" -> epochs = number(args[i], value, 1);
                    default -> throw new IllegalArgumentException("there is no option " + args[i]);
                }
            }
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "; " + USAGE);
            System.exit(2);
        }
        new DemoFineTune(seed, epochs).run();
    }

    private static int number(String option, String text, int least) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, with what is too small
        }
        throw new IllegalArgumentException(option + " takes a whole number"
                + (least > Integer.MIN_VALUE ? " from " + least + " on" : "") + ", not '" + text + "'");
    }

    private void run() {
        System.out.println(Lanewise.describe());
        Digits all = Digits.load();
        Digits old = all.between(0, 4);
        Digits.Split before = old.split(old.size() * 4 / 5, new Random(seed));
        Digits.Split after = all.between(5, 9).split(FEW, new Random(seed));
        System.out.printf(
                Locale.ROOT,
                "Digits 0-4: %d to train on, %d held out. Digits 5-9: %d to train on, %d held out.%n",
                before.training().size(),
                before.heldOut().size(),
                after.training().size(),
                after.heldOut().size());

        Sequential pretrained = model(seed);
        List<Result> results = new ArrayList<>();
        results.add(train("pretraining on 0-4", pretrained, before, 15));
        results.add(train("5-9 from scratch", model(seed + 1), after, epochs));
        List<String> layers = List.of("fc1", "fc2");
        for (int frozen = 0; frozen <= layers.size(); frozen++) {
            Sequential model = withNewHead(pretrained);
            for (String layer : layers.subList(0, frozen)) {
                model.freeze(path -> path.startsWith(layer + "."));
            }
            String which = frozen == 0 ? "nothing" : String.join(" and ", layers.subList(0, frozen));
            results.add(train("5-9, " + which + " frozen", model, after, epochs));
        }
        print(results);
    }

    private static Sequential model(long seed) {
        Random random = new Random(seed);
        return Sequential.builder()
                .add("fc1", Linear.he(64, WIDTH, random))
                .add("relu1", new Relu())
                .add("fc2", Linear.he(WIDTH, WIDTH, random))
                .add("relu2", new Relu())
                .add("head", Linear.xavier(WIDTH, CLASSES, random))
                .build();
    }

    /** A model with the features of another, and a head that knows nothing yet. */
    private Sequential withNewHead(Sequential pretrained) {
        Sequential model = model(seed + 1);
        Map<String, FloatArray> weights = model.snapshot();
        weights.putAll(pretrained.snapshot());
        weights.replaceAll((path, value) ->
                path.startsWith("head.") ? model.parameter(path).value() : value);
        model.restore(weights);
        return model;
    }

    private Result train(String name, Sequential model, Digits.Split digits, int rounds) {
        Digits training = digits.training();
        int batches = training.size() / BATCH;
        Random random = new Random(seed);
        Optimizer optimizer = new Adam(model.namedParameters().values(), LEARNING_RATE);
        double[] forward = new double[rounds * batches];
        double[] backward = new double[rounds * batches];
        Graph.Report graph = null;
        try (Progress progress = Progress.of(name, rounds * batches)) {
            for (int step = 0; step < rounds * batches; ) {
                int[] order = training.shuffled(random);
                for (int batch = 0; batch < batches; batch++, step++) {
                    Digits chosen = training.rows(Arrays.copyOfRange(order, batch * BATCH, (batch + 1) * BATCH));
                    AdjointArray input = AdjointArray.constant(chosen.images());

                    long start = System.nanoTime();
                    AdjointArray loss = Losses.crossEntropy(model.forward(input), chosen.labels());
                    forward[step] = System.nanoTime() - start;
                    graph = Graph.report(loss);

                    start = System.nanoTime();
                    loss.backward();
                    backward[step] = System.nanoTime() - start;
                    optimizer.step();
                    progress.step(String.format(Locale.ROOT, "loss %.4f", loss.item()));
                }
            }
        }
        return new Result(
                name,
                model.countParameters(),
                graph,
                median(forward),
                median(backward),
                accuracy(model, digits.heldOut()));
    }

    /** The median of the later half: by then the JVM has compiled what runs. */
    private static double median(double[] nanos) {
        double[] later = Arrays.copyOfRange(nanos, nanos.length / 2, nanos.length);
        Arrays.sort(later);
        return later[later.length / 2];
    }

    private static double accuracy(Sequential model, Digits digits) {
        int[] answers = model.infer(digits.images()).argmax(1);
        int right = 0;
        for (int i = 0; i < answers.length; i++) {
            right += answers[i] == digits.labels()[i] ? 1 : 0;
        }
        return (double) right / answers.length;
    }

    private static void print(List<Result> results) {
        System.out.printf(
                Locale.ROOT, "%n%-30s %20s %18s %19s %9s%n", "", "parameters", "graph", "ms a step", "held-out");
        System.out.printf(
                Locale.ROOT,
                "%-30s %10s %9s %9s %8s %9s %9s %9s%n",
                "",
                "trained",
                "frozen",
                "closures",
                "KiB",
                "forward",
                "backward",
                "accuracy");
        for (Result result : results) {
            System.out.printf(
                    Locale.ROOT,
                    "%-30s %,10d %,9d %9d %8.1f %9.3f %9.3f %8.1f%%%n",
                    result.name,
                    result.parameters.trained(),
                    result.parameters.frozen(),
                    result.graph.closures(),
                    result.graph.bytes() / 1024.0,
                    result.forward / 1e6,
                    result.backward / 1e6,
                    100 * result.right);
        }
        System.out.printf(
                Locale.ROOT,
                "%nOf one batch of %d: the closures that backward runs, the arrays that they keep alive, and median"
                        + " times.%n",
                BATCH);
        ProcessHandle.current().info().startInstant().ifPresent(start -> {
            double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
            System.out.printf(Locale.ROOT, "All of it took %.1f s, start of the JVM included.%n", seconds);
        });
    }
}
