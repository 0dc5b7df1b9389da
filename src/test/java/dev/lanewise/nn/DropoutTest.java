package dev.lanewise.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.Compute;
import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Graph;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The layer, and the modes and steps that a tree of layers hands on to it. */
class DropoutTest {

    private static final FloatArray ONES = FloatArray.ones(40, 50);

    private static FloatArray pass(Layer layer) {
        return layer.forward(AdjointArray.constant(ONES)).value();
    }

    private static double dropped(FloatArray y) {
        return y.eq(0).mean().item();
    }

    @Test
    void dropsAtItsRateAndKeepsTheExpectedValue() {
        FloatArray y = pass(new Dropout(0.25f, 1));
        // Of 2,000 draws the share strays by sqrt(0.25 * 0.75 / 2000) = 0.0097; 5 of those are allowed.
        assertEquals(0.25, dropped(y), 0.05);
        assertEquals(FloatArray.scalar((float) (1 / 0.75)), y.max());
    }

    @Test
    void everyPassAndEverySeedDropsOthers() {
        Set<FloatArray> seen = new HashSet<>();
        for (int seed = 0; seed < 4; seed++) {
            Dropout layer = new Dropout(0.5f, seed);
            for (int pass = 0; pass < 4; pass++) {
                seen.add(pass(layer));
            }
        }
        assertEquals(16, seen.size());
    }

    @Test
    void neighbouringSeedsAndPassesShareNoNoise() {
        // The noise of one seed must not be that of another, shifted by a place or a few.
        Dropout layer = new Dropout(0.5f, 7);
        float[] first = pass(layer).toArray();
        Dropout other = new Dropout(0.5f, 8);
        for (Dropout next : List.of(layer, other, layer, other)) {
            float[] second = pass(next).toArray();
            for (int shift = -3; shift <= 3; shift++) {
                int equal = 0;
                for (int i = 3; i < first.length - 3; i++) {
                    equal += first[i] == second[i + shift] ? 1 : 0;
                }
                // About half of 1,994 agree by chance, give or take 22.
                assertEquals(997, equal, 5 * 22, "shift " + shift);
            }
        }
    }

    @Test
    void aStepHasItsOwnNoiseWhateverWentBefore() {
        Dropout layer = new Dropout(0.5f, 3);
        layer.atStep(5);
        FloatArray first = pass(layer);
        FloatArray second = pass(layer);
        layer.atStep(6);
        FloatArray next = pass(layer);
        assertNotEquals(first, next);
        assertNotEquals(second, next); // however many passes a step makes, none is one of the next step
        Dropout another = new Dropout(0.5f, 3);
        another.atStep(5);
        assertEquals(first, pass(another));
        assertEquals(second, pass(another));
        assertNotEquals(first, second);
    }

    @Test
    void theNoiseOfAStepDoesNotDependOnThreads() {
        Dropout alone = new Dropout(0.5f, 3);
        Dropout helped = new Dropout(0.5f, 3);
        FloatArray wanted = pass(alone);
        try (ExecutorService pool = Executors.newFixedThreadPool(1)) {
            assertEquals(wanted, Compute.parallel(pool, 2, () -> pass(helped)));
        }
    }

    @Test
    void modesReachEveryLayerOfATree() {
        Dropout inner = new Dropout(0.5f, 1);
        Dropout outer = new Dropout(0.5f, 2);
        Sequential model = Sequential.of(Sequential.of(inner), outer);
        assertNotEquals(ONES, pass(model)); // new layers are in train mode
        model.eval();
        assertEquals(ONES, pass(model));
        assertEquals(ONES, pass(inner));
        model.train();
        assertNotEquals(ONES, pass(inner));
        assertNotEquals(ONES, pass(outer));
        model.atStep(9);
        FloatArray wanted = pass(model);
        model.atStep(9);
        assertEquals(wanted, pass(model));
    }

    @Test
    void aLayerThatStandsTwiceIsToldOnce() {
        int[] told = new int[2];
        Layer counting = new Layer() {
            @Override
            public AdjointArray forward(AdjointArray x) {
                return x;
            }

            @Override
            public void onMode(boolean train) {
                told[0]++;
            }

            @Override
            public void onStep(long step) {
                told[1]++;
            }
        };
        Sequential model = Sequential.of(counting, Sequential.of(counting));
        model.eval();
        model.atStep(1);
        assertEquals(List.of(1, 1), List.of(told[0], told[1]));
    }

    @Test
    void inferenceDropsNothingInEitherMode() {
        Dropout layer = new Dropout(0.5f, 1);
        assertSame(ONES, layer.infer(ONES));
        AdjointArray x = AdjointArray.volatileOf(ONES);
        assertSame(x, layer.forward(x));
        FloatArray first = pass(layer);
        // And it uses up no noise: serving a model does not change how it is trained.
        Dropout undisturbed = new Dropout(0.5f, 1);
        assertEquals(first, pass(undisturbed));
        layer.infer(ONES);
        assertEquals(pass(undisturbed), pass(layer));
    }

    @Test
    void theGradientIsDroppedWhereTheValueWas() {
        AdjointArray x = AdjointArray.variable(ONES);
        AdjointArray y = new Dropout(0.5f, 1).forward(x);
        y.sum().backward();
        assertEquals(y.value(), requireNonNull(x.grad()));
        // The noise is worked out again from its seed, not kept.
        Graph.Report report = Graph.report(new Dropout(0.5f, 1).forward(x));
        assertEquals(Map.of("dropout", 1), report.closuresByOperation());
        assertEquals(0, report.bytes());
    }

    @Test
    void theEndsOfTheRates() {
        AdjointArray x = AdjointArray.constant(ONES);
        assertSame(x, new Dropout(0, 1).forward(x));
        assertEquals(FloatArray.zeros(40, 50), pass(new Dropout(1, 1)));
        assertEquals(
                "dropout: a rate of 1.5 is not from 0 to 1",
                assertThrows(IllegalArgumentException.class, () -> new Dropout(1.5f, 1))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> new Dropout(Float.NaN, 1));
    }
}
