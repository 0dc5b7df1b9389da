package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Graph;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Sgd;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What freezing layers saves, by exact count, and what it must not change. */
class FreezingTest {

    private static final int EXAMPLES = 7;
    private static final int IN = 6;
    private static final int FIRST = 9;
    private static final int SECOND = 8;
    private static final int CLASSES = 3;

    private static final FloatArray X = FloatArray.randn(new Random(11), EXAMPLES, IN);
    private static final int[] LABELS = {0, 1, 2, 2, 1, 0, 1};

    /** The loss alone: each of these has one operand, so it keeps one closure if anything before it is trained. */
    private static final Map<String, Integer> LOSS = Map.of("crossEntropy", 1);

    private final Sequential model = model();

    private static Sequential model() {
        Random random = new Random(5);
        return Sequential.builder()
                .add("fc1", Linear.he(IN, FIRST, random))
                .add("relu1", new Relu())
                .add("fc2", Linear.he(FIRST, SECOND, random))
                .add("relu2", new Relu())
                .add("head", Linear.xavier(SECOND, CLASSES, random))
                .build();
    }

    private AdjointArray loss() {
        return Losses.crossEntropy(model.forward(AdjointArray.constant(X)), LABELS);
    }

    /** Freezes exactly the layers with these names. */
    private void freezeOnly(String... layers) {
        model.unfreeze();
        for (String layer : layers) {
            assertEquals(2, model.freeze(path -> path.startsWith(layer + ".")));
        }
    }

    private void assertClosures(int linear, int relu) {
        Graph.Report report = Graph.report(loss());
        Map<String, Integer> expected = new TreeMap<>(LOSS);
        Stream.of(Map.entry("linear", linear), Map.entry("relu", relu))
                .filter(e -> e.getValue() > 0)
                .forEach(e -> expected.put(e.getKey(), e.getValue()));
        assertEquals(expected, report.closuresByOperation());
        assertEquals(linear + relu + LOSS.size(), report.closures());
    }

    @Test
    void freezingTheFirstLayersRemovesExactlyTheirClosures() {
        freezeOnly();
        // A linear layer pulls to its weight, its bias and its input, but the input of fc1 is data: 2 + 3 + 3.
        // A relu pulls to its input: 1 each.
        assertClosures(8, 2);
        freezeOnly("fc1");
        // Nothing is left of fc1 (2) and relu1 (1); and fc2 need not pull to its input any more (1).
        assertClosures(5, 1);
        freezeOnly("fc1", "fc2");
        // Only the head pulls to its weight and to its bias.
        assertClosures(2, 0);
    }

    @Test
    void aFrozenLayerInTheMiddleStillHandsGradientsOn() {
        freezeOnly("fc2");
        // fc2 keeps the pull to its input, and loses those to its weight and to its bias.
        assertClosures(6, 2);
        loss().backward();
        model.namedParameters().forEach((path, parameter) -> {
            if (path.startsWith("fc2.")) {
                assertNull(parameter.leaf().grad(), path);
            } else {
                assertNotNull(parameter.leaf().grad(), path);
            }
        });
    }

    @Test
    void whatTheGraphKeepsAliveShrinksByWhatTheFrozenLayersNeeded() {
        int fromFc1 = EXAMPLES * IN; // the input, for the gradient of fc1's weight
        int first = EXAMPLES * FIRST; // relu1's output: for relu1 itself, and for the gradient of fc2's weight
        int fc2 = FIRST * SECOND; // fc2's weight, for the gradient of its input
        int second = EXAMPLES * SECOND; // relu2's output, likewise
        int head = SECOND * CLASSES; // the head's weight, for the gradient of its input
        int answers = EXAMPLES * CLASSES; // the logits, for the loss
        freezeOnly();
        assertKept(fromFc1 + first + fc2 + second + head + answers);
        freezeOnly("fc1");
        assertKept(first + second + head + answers);
        freezeOnly("fc1", "fc2");
        assertKept(second + answers);
    }

    private void assertKept(int numbers) {
        assertEquals((long) Float.BYTES * numbers, Graph.report(loss()).bytes());
    }

    @Test
    void withEverythingFrozenNothingIsRecorded() {
        model.freeze();
        Graph.Report report = Graph.report(loss());
        assertEquals(0, report.closures());
        assertEquals(0, report.operations());
        assertEquals(0, report.bytes());
        assertThrows(IllegalStateException.class, () -> loss().backward());
    }

    @Test
    void inferenceRecordsNothingWhateverIsTrained() {
        freezeOnly();
        AdjointArray answer = model.forward(AdjointArray.volatileOf(X));
        assertEquals(0, Graph.report(answer).closures());
        assertTrue(answer.isVolatile());
    }

    @Test
    void unfreezingBringsTheLayersBack() {
        freezeOnly();
        Graph.Report before = Graph.report(loss());
        loss().backward();
        Map<String, FloatArray> gradients = gradients();
        model.zeroGrad();
        freezeOnly("fc1", "fc2");
        loss().backward();
        assertEquals(
                List.of("head.weight", "head.bias"), List.copyOf(gradients().keySet()));
        model.zeroGrad();
        freezeOnly();
        assertEquals(before, Graph.report(loss()));
        loss().backward();
        assertEquals(gradients, gradients());
    }

    /** The gradients that there are, by path. */
    private Map<String, FloatArray> gradients() {
        Map<String, FloatArray> found = new LinkedHashMap<>();
        model.namedParameters().forEach((path, parameter) -> {
            FloatArray gradient = parameter.leaf().grad();
            if (gradient != null) {
                found.put(path, gradient);
            }
        });
        return found;
    }

    @Test
    void theTrainedLayersGetTheSameGradientsAsWithNothingFrozen() {
        freezeOnly();
        loss().backward();
        Map<String, FloatArray> full = gradients();
        for (List<String> frozen : List.of(List.of("fc1"), List.of("fc1", "fc2"), List.of("fc2"))) {
            model.zeroGrad();
            freezeOnly(frozen.toArray(String[]::new));
            loss().backward();
            gradients().forEach((path, gradient) -> assertEquals(full.get(path), gradient, path));
        }
    }

    @Test
    void trainingLeavesFrozenWeightsAsTheyAreToTheBit() {
        Function<Collection<Parameter>, Optimizer> sgd =
                parameters -> new Sgd(parameters, 0.1).momentum(0.9).weightDecay(0.1);
        Function<Collection<Parameter>, Optimizer> adam = parameters -> new Adam(parameters, 0.01).weightDecay(0.1);
        for (Function<Collection<Parameter>, Optimizer> maker : List.of(sgd, adam)) {
            freezeOnly();
            Optimizer optimizer = maker.apply(model.namedParameters().values());
            train(optimizer, 3); // so that there is momentum that could carry a frozen weight on
            freezeOnly("fc1");
            Map<String, FloatArray> before = model.snapshot();
            train(optimizer, 5);
            model.snapshot().forEach((path, value) -> {
                if (path.startsWith("fc1.")) {
                    assertEquals(before.get(path), value, path);
                } else {
                    assertNotEquals(before.get(path), value, path);
                }
            });
            model.unfreeze();
            train(optimizer, 1);
            model.snapshot().forEach((path, value) -> assertNotEquals(before.get(path), value, path));
        }
    }

    private void train(Optimizer optimizer, int steps) {
        for (int i = 0; i < steps; i++) {
            loss().backward();
            optimizer.step();
        }
    }

    @Test
    void trainingMakesTheLossSmall() {
        freezeOnly();
        double before = loss().item();
        train(new Adam(model.namedParameters().values(), 0.01), 200);
        assertTrue(loss().item() < 0.05 * before, () -> before + " to " + loss().item());
    }
}
