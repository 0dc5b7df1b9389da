package dev.lanewise.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class SequentialTest {

    private static Linear linear(int in, int out) {
        return Linear.he(in, out, new Random(in * 31L + out));
    }

    private static Sequential nested() {
        Sequential features = Sequential.of(linear(6, 5), new Relu(), linear(5, 4), new Relu());
        return Sequential.builder()
                .add("features", features)
                .add("head", linear(4, 3))
                .build();
    }

    @Test
    void runsItsLayersInOrder() {
        Linear first = linear(6, 5);
        Linear second = linear(5, 4);
        FloatArray x = FloatArray.randn(new Random(1), 7, 6);
        FloatArray wanted = second.infer(first.infer(x).relu());
        assertEquals(wanted, Sequential.of(first, new Relu(), second).infer(x));
        assertEquals(x, Sequential.of().infer(x));
    }

    @Test
    void parametersHaveDottedPathsInOrderOfTheLayers() {
        Sequential model = nested();
        List<String> paths = List.of(
                "features.0.weight",
                "features.0.bias",
                "features.2.weight",
                "features.2.bias",
                "head.weight",
                "head.bias");
        assertEquals(paths, List.copyOf(model.namedParameters().keySet()));
        assertEquals(
                paths,
                model.namedParameters().values().stream().map(Parameter::name).toList());
        assertEquals(
                "features.2.bias", model.parameter("features.2.bias").leaf().name());
    }

    @Test
    void aParameterIsNamedByWhatWasBuiltLastAroundIt() {
        Linear shared = linear(6, 5);
        Sequential.builder().add("old", shared).build();
        assertEquals("old.weight", shared.parameter("weight").name());
        Sequential.builder().add("new", shared).build();
        assertEquals("new.weight", shared.parameter("weight").name());
    }

    @Test
    void aLayerThatStandsTwiceIsListedOnce() {
        Linear shared = linear(4, 4);
        Sequential model =
                Sequential.builder().add("a", shared).add("b", shared).build();
        SequencedMap<String, Parameter> parameters = model.namedParameters();
        assertEquals(List.of("a.weight", "a.bias"), List.copyOf(parameters.keySet()));
        assertEquals(20, model.countParameters().total());
        model.forward(AdjointArray.constant(FloatArray.ones(1, 4))).sum().backward();
        // Both uses pull at the one weight: d/dW of sum((x W + b) W + b) is x'(1 W') + (x W + b)' 1.
        FloatArray weight = shared.parameter("weight").value();
        FloatArray inner = FloatArray.ones(1, 4).matmul(weight);
        FloatArray ones = FloatArray.ones(1, 4);
        FloatArray wanted =
                ones.t().matmul(ones.matmul(weight.t())).add(inner.t().matmul(ones));
        FloatArray gradient = requireNonNull(shared.parameter("weight").leaf().grad());
        assertTrue(wanted.closeTo(gradient, 1e-5, 1e-5));
    }

    @Test
    void childrenAreThoseThatWereAdded() {
        Relu relu = new Relu();
        Sequential model = Sequential.of(linear(2, 2), relu);
        assertEquals(List.of("0", "1"), List.copyOf(model.children().keySet()));
        assertSame(relu, model.children().get("1"));
        assertThrows(UnsupportedOperationException.class, () -> model.children().put("2", relu));
        assertEquals("(0: linear 2 to 2, 1: relu)", model.toString());
    }

    @Test
    void anErrorNamesTheLayerByItsPath() {
        Sequential model = Sequential.builder()
                .add("features", Sequential.of(linear(6, 5), new Relu(), linear(4, 4)))
                .add("head", linear(4, 3))
                .build();
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> model.infer(FloatArray.zeros(7, 6)));
        assertEquals("features: 2: linear 4 to 4: the input has shape 7x5, not ... x 4", e.getMessage());
    }

    @Test
    void namesAreSimpleAndUnique() {
        Sequential.Builder builder = Sequential.builder().add("fc1", new Relu());
        for (String name : List.of("", "a.b", "fc1")) {
            assertThrows(IllegalArgumentException.class, () -> builder.add(name, new Relu()), name);
        }
        assertEquals(List.of("fc1"), List.copyOf(builder.build().children().keySet()));
    }

    @Test
    void aBuilderUsedAgainDoesNotChangeWhatItBuilt() {
        Sequential.Builder builder = Sequential.builder().add("a", new Relu());
        Sequential first = builder.build();
        builder.add("b", new Relu());
        assertEquals(1, first.children().size());
    }
}
