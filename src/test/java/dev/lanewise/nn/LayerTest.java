package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Workspace;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Sgd;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LayerTest {

    private Sequential model = Sequential.of();

    @BeforeEach
    void build() {
        model = model(1);
    }

    private static Sequential model(long seed) {
        Random random = new Random(seed);
        return Sequential.builder()
                .add("fc1", Linear.he(6, 5, random))
                .add("relu", new Relu())
                .add("fc2", Linear.xavier(5, 4, random))
                .build();
    }

    private static FloatArray input() {
        return FloatArray.randn(new Random(2), 3, 6);
    }

    @Test
    void freezesByPathAndSaysHowMany() {
        assertEquals(new ParameterCount(59, 0), model.countParameters());
        assertEquals(2, model.freeze(path -> path.startsWith("fc1.")));
        assertEquals(new ParameterCount(24, 35), model.countParameters());
        assertEquals(59, model.countParameters().total());
        assertEquals(2, model.freeze(path -> path.endsWith(".bias")));
        assertEquals(new ParameterCount(20, 39), model.countParameters());
        assertEquals(1, model.unfreeze(path -> path.equals("fc1.bias")));
        assertEquals(new ParameterCount(25, 34), model.countParameters());
        model.unfreeze();
        assertEquals(new ParameterCount(59, 0), model.countParameters());
        model.freeze();
        assertEquals(new ParameterCount(0, 59), model.countParameters());
    }

    @Test
    void aTypoInAPathIsNoticed() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> model.freeze(path -> path.startsWith("fc3")));
        assertEquals(
                "freeze: no parameter was chosen; there are fc1.weight, fc1.bias, fc2.weight, fc2.bias",
                e.getMessage());
        assertThrows(IllegalArgumentException.class, () -> model.unfreeze(path -> path.startsWith("fc3")));
        assertEquals(0, model.countParameters().frozen());
        assertEquals(
                "freeze: no parameter was chosen; there are none",
                assertThrows(IllegalArgumentException.class, () -> new Relu().freeze(path -> true))
                        .getMessage());
    }

    @Test
    void aParameterIsFoundByItsPath() {
        assertSame(model.namedParameters().get("fc2.bias"), model.parameter("fc2.bias"));
        assertEquals(
                "parameter: none has the path 'fc3.bias'; there are fc1.weight, fc1.bias, fc2.weight, fc2.bias",
                assertThrows(IllegalArgumentException.class, () -> model.parameter("fc3.bias"))
                        .getMessage());
    }

    @Test
    void inferGivesTheValueOfForwardAndRecordsNothing() {
        AdjointArray recorded = model.forward(AdjointArray.constant(input()));
        assertTrue(recorded.requiresGrad());
        assertEquals(recorded.value(), model.infer(input()));
        AdjointArray inferred = model.forward(AdjointArray.volatileOf(input()));
        assertTrue(inferred.isVolatile());
        assertFalse(inferred.requiresGrad());
        assertNull(inferred.gradFn());
    }

    @Test
    void inferHandsLayersAVolatileInput() {
        Layer spy = x -> {
            assertTrue(x.isVolatile());
            return x;
        };
        assertEquals(input(), Sequential.of(spy).infer(input()));
    }

    @Test
    void zeroGradForgetsEveryGradient() {
        model.forward(AdjointArray.constant(input())).sum().backward();
        model.namedParameters().forEach((path, p) -> assertNotNull(p.leaf().grad(), path));
        model.zeroGrad();
        model.namedParameters().forEach((path, p) -> assertNull(p.leaf().grad(), path));
    }

    @Test
    void aSnapshotBringsAModelBack() {
        Map<String, FloatArray> before = model.snapshot();
        FloatArray answer = model.infer(input());
        Sequential other = model(99);
        other.freeze(path -> path.startsWith("fc1."));
        assertNotEquals(answer, other.infer(input()));
        other.restore(before);
        assertEquals(answer, other.infer(input()));
        assertEquals(35, other.countParameters().frozen());
        assertSame(
                model.parameter("fc1.weight").value(),
                other.parameter("fc1.weight").value());
    }

    @Test
    void aSnapshotThatDoesNotFitChangesNothing() {
        Map<String, FloatArray> before = model.snapshot();
        Map<String, FloatArray> missing = new LinkedHashMap<>(model(5).snapshot());
        missing.remove("fc2.bias");
        assertRefused("restore: the snapshot has no fc2.bias", missing);
        missing.put("fc3.bias", FloatArray.zeros(4));
        missing.put("fc3.weight", FloatArray.zeros(4));
        assertRefused("restore: the snapshot has no fc2.bias and the layer has no fc3.bias, fc3.weight", missing);
        missing.put("fc2.bias", FloatArray.zeros(4));
        assertRefused("restore: the layer has no fc3.bias, fc3.weight", missing);
        Map<String, FloatArray> reshaped = new LinkedHashMap<>(model(5).snapshot());
        reshaped.put("fc2.bias", FloatArray.zeros(5));
        assertRefused("restore: fc2.bias has shape 4, and 5 in the snapshot", reshaped);
        assertEquals(before, model.snapshot());
    }

    private void assertRefused(String message, Map<String, FloatArray> snapshot) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> model.restore(snapshot))
                        .getMessage());
    }

    /** A layer of one's own, made of others. */
    private static final class Residual implements Layer {
        private final SequencedMap<String, Layer> children = new LinkedHashMap<>();

        Residual(Linear inner) {
            children.put("inner", inner);
            children.put("outer", Linear.he(6, 6, new Random(2)));
        }

        @Override
        public AdjointArray forward(AdjointArray x) {
            return children.get("outer")
                    .forward(children.get("inner").forward(x).relu())
                    .add(x);
        }

        @Override
        public SequencedMap<String, Layer> children() {
            return children;
        }
    }

    @Test
    void aLayerOfOnesOwnNamesItsParametersByTheirPathsIfAsked() {
        Layer residual = new Residual(Linear.he(6, 6, new Random(1)));
        Optimizer sgd = new Sgd(residual.namedParameters().values(), 0.1);
        assertThrows(IllegalStateException.class, sgd::state); // two of the four are called weight
        residual.nameParameters();
        assertEquals(
                List.of("inner.weight", "inner.bias", "outer.weight", "outer.bias"),
                residual.namedParameters().values().stream()
                        .map(Parameter::name)
                        .toList());
        assertEquals(Set.of("sgd/learningRate"), sgd.state().keySet());
    }

    @Test
    void aLayerOfOnesOwnNeedsOnlyForwardAndItsChildren() {
        Linear inner = Linear.he(6, 6, new Random(1));
        Layer residual = new Residual(inner);
        Sequential net = Sequential.builder().add("block", residual).build();
        assertEquals(
                List.of("block.inner.weight", "block.inner.bias", "block.outer.weight", "block.outer.bias"),
                List.copyOf(net.namedParameters().keySet()));
        FloatArray hidden = inner.infer(input()).relu();
        assertEquals(residual.children().get("outer").infer(hidden).add(input()), net.infer(input()));
    }

    /** As a weight it would fail at the model's next use. */
    @Test
    void restoresNothingOfAWorkspaceThatIsOver() {
        Map<String, FloatArray> before = model.snapshot();
        Map<String, FloatArray> snapshot = new LinkedHashMap<>(model(3).snapshot());
        FloatArray over = new Workspace().call(() -> FloatArray.ones(4).mul(3));
        snapshot.put("fc2.bias", over);
        String restore = assertThrows(IllegalStateException.class, () -> model.restore(snapshot))
                .getMessage();
        assertTrue(restore.startsWith("restore: the value for 'fc2.bias': "), restore);
        assertEquals(before, model.snapshot());
        String update = assertThrows(
                        IllegalStateException.class,
                        () -> model.parameter("fc2.bias").update(over))
                .getMessage();
        assertTrue(update.startsWith("update: the value for 'fc2.bias': "), update);
        assertEquals(before, model.snapshot());
    }
}
