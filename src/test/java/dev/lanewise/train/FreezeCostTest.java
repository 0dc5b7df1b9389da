package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.nn.ParameterCount;
import dev.lanewise.nn.Sequential;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class FreezeCostTest {

    private final Sequential model = Points.model();
    private final Task<Points.Batch> task = Points.task(model);
    private final Points.Batch batch = Points.epoch(0).getFirst();

    private static SequencedMap<String, Predicate<String>> depths() {
        SequencedMap<String, Predicate<String>> depths = new LinkedHashMap<>();
        depths.put("nothing", path -> false);
        depths.put("first", path -> path.startsWith("first."));
        depths.put("first and second", path -> !path.startsWith("head."));
        return depths;
    }

    @Test
    void countsWhatEachDepthCosts() {
        List<FreezeCost> costs = FreezeCost.measure(model, depths(), () -> task.loss(batch), 3);
        assertEquals(
                List.of("nothing", "first", "first and second"),
                costs.stream().map(FreezeCost::name).toList());
        assertEquals(
                List.of(new ParameterCount(722, 0), new ParameterCount(650, 72), new ParameterCount(50, 672)),
                costs.stream().map(FreezeCost::parameters).toList());
        for (int i = 0; i < 2; i++) {
            assertTrue(costs.get(i).bytes() > costs.get(i + 1).bytes(), costs::toString);
            assertTrue(costs.get(i).closures() > costs.get(i + 1).closures(), costs::toString);
        }
        // With all but the head frozen: what goes into it, 16 x 24, and the 16 x 2 logits that the loss keeps.
        assertEquals(4 * (16 * 24 + 16 * 2), costs.get(2).bytes());
        costs.forEach(cost -> assertTrue(cost.milliseconds() > 0, costs::toString));
    }

    @Test
    void withEverythingFrozenThereIsOnlyTheForwardPass() {
        SequencedMap<String, Predicate<String>> all = new LinkedHashMap<>();
        all.put("everything", path -> true);
        FreezeCost cost =
                FreezeCost.measure(model, all, () -> task.loss(batch), 2).getFirst();
        assertEquals(new ParameterCount(0, 722), cost.parameters());
        assertEquals(0, cost.closures());
        assertEquals(0, cost.bytes());
        assertTrue(cost.milliseconds() > 0, cost::toString);
    }

    @Test
    void leavesTheModelAsItWas() {
        model.freeze(path -> path.equals("second.bias"));
        Map<String, FloatArray> before = model.snapshot();
        FreezeCost.measure(model, depths(), () -> task.loss(batch), 1);
        assertEquals(before, model.snapshot());
        assertEquals(24, model.countParameters().frozen());
        assertTrue(model.parameter("second.bias").isFrozen());
        model.namedParameters()
                .forEach((path, parameter) -> assertNull(parameter.leaf().grad(), path));
    }

    @Test
    void andSoItDoesIfSomethingFails() {
        assertThrows(
                IllegalStateException.class,
                () -> FreezeCost.measure(
                        model,
                        depths(),
                        () -> {
                            if (model.parameter("first.bias").isFrozen()) {
                                throw new IllegalStateException("no batch");
                            }
                            return task.loss(batch);
                        },
                        1));
        assertEquals(0, model.countParameters().frozen());
        assertThrows(
                IllegalArgumentException.class, () -> FreezeCost.measure(model, depths(), () -> task.loss(batch), 0));
    }
}
