package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Workspace;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Trainable;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class OptimizerTest {

    private static final List<Function<List<Weight>, Optimizer>> ALL = List.of(
            weights -> new Sgd(weights, 0.1).momentum(0.9).weightDecay(0.1),
            weights -> new Adam(weights, 0.1).weightDecay(0.1),
            weights -> new AdamW(weights, 0.1).weightDecay(0.1),
            weights -> new RmsProp(weights, 0.1).momentum(0.9).weightDecay(0.1));

    @Test
    void aFrozenParameterIsNotTouchedEvenWithMomentumAndAGradientLeftOver() {
        for (Function<List<Weight>, Optimizer> maker : ALL) {
            Weight frozen = new Weight("frozen", 1, 2, 3);
            Weight trained = new Weight("trained", 1, 2, 3);
            Optimizer optimizer = maker.apply(List.of(frozen, trained));
            frozen.pull(1, 1, 1);
            trained.pull(1, 1, 1);
            assertEquals(2, optimizer.step());
            frozen.pull(1, 1, 1);
            trained.pull(1, 1, 1);
            frozen.leaf().requiresGrad(false);
            FloatArray before = frozen.value();
            assertEquals(1, optimizer.step());
            assertSame(before, frozen.value());
            assertNotEquals(before, trained.value());
        }
    }

    @Test
    void aParameterThatNoGradientReachedIsNotTouched() {
        for (Function<List<Weight>, Optimizer> maker : ALL) {
            Weight unused = new Weight("unused", 1, 2, 3);
            Weight trained = new Weight("trained", 1).pull(1);
            AdjointArray leaf = unused.leaf();
            assertEquals(1, maker.apply(List.of(unused, trained)).step());
            assertSame(leaf, unused.leaf());
        }
    }

    @Test
    void aParameterThatComesBackGoesOnWhereItStopped() {
        for (Function<List<Weight>, Optimizer> maker : ALL) {
            Weight pausing = new Weight("pausing", 1, 2, 3);
            Weight steady = new Weight("steady", 1, 2, 3);
            Optimizer first = maker.apply(List.of(pausing));
            Optimizer second = maker.apply(List.of(steady));
            for (int step = 0; step < 4; step++) {
                pausing.leaf().requiresGrad(false);
                first.step();
                pausing.leaf().requiresGrad(true);
                pausing.pull(1, step, -1);
                first.step();
                steady.pull(1, step, -1);
                second.step();
            }
            assertEquals(steady.value(), pausing.value());
        }
    }

    @Test
    void aStepUsesGradientsUp() {
        Weight w = new Weight("w", 1).pull(1);
        Sgd sgd = new Sgd(List.of(w), 0.1);
        assertEquals(1, sgd.step());
        assertNull(w.leaf().grad());
        assertEquals(0, sgd.step());
    }

    @Test
    void gradientsOfSeveralPassesAddUpUntilZeroGrad() {
        Weight w = new Weight("w", 0).pull(1).pull(2);
        Sgd sgd = new Sgd(List.of(w), 1);
        sgd.step();
        assertEquals(-3, w.value().get(0), 0);
        w.pull(1);
        sgd.zeroGrad();
        assertEquals(0, sgd.step());
        assertEquals(-3, w.value().get(0), 0);
    }

    @Test
    void arraysOfAnyShapeAndGradientsThatAreViewsAreUpdated() {
        AdjointArray[] leaf = {
            AdjointArray.variable(FloatArray.of(new float[][] {{1, 2, 3}, {4, 5, 6}})
                    .t())
        };
        Trainable matrix = new Trainable() {
            @Override
            public String name() {
                return "matrix";
            }

            @Override
            public AdjointArray leaf() {
                return leaf[0];
            }

            @Override
            public void update(FloatArray value) {
                leaf[0] = AdjointArray.variable(value);
            }
        };
        leaf[0].backward(FloatArray.of(1, 2).expand(Shape.of(3, 2)));
        new Sgd(List.of(matrix), 1).step();
        assertEquals(FloatArray.of(new float[][] {{0, 2}, {1, 3}, {2, 4}}), leaf[0].value());
    }

    @Test
    void theLearningRateMayChange() {
        Weight w = new Weight("w", 0).pull(1);
        Sgd sgd = new Sgd(List.of(w), 1);
        sgd.learningRate(0.25);
        assertEquals(0.25, sgd.learningRate());
        sgd.step();
        assertEquals(-0.25, w.value().get(0), 0);
        assertThrows(IllegalArgumentException.class, () -> sgd.learningRate(-1));
        assertEquals(0.25, sgd.learningRate());
    }

    @Test
    void aGroupHasItsOwnLearningRateAndDecay() {
        for (Function<List<Weight>, Optimizer> maker : ALL) {
            Weight own = new Weight("own", 1, 2, 3);
            Weight rest = new Weight("rest", 1, 2, 3);
            Weight slow = new Weight("slow", 1, 2, 3);
            Optimizer optimizer = maker.apply(List.of(own, rest));
            optimizer.group(List.of(own), 0.5, 1);
            Optimizer alone = maker.apply(List.of(slow));
            alone.learningRate(0.05);
            for (int step = 0; step < 3; step++) {
                own.pull(1, step, -1);
                rest.pull(1, step, -1);
                slow.pull(1, step, -1);
                optimizer.step();
                alone.step();
            }
            assertEquals(slow.value(), own.value());
            assertNotEquals(rest.value(), own.value());
        }
    }

    @Test
    void aGroupMayBeSparedFromDecay() {
        List<Function<List<Weight>, Optimizer>> without = List.of(
                weights -> new Sgd(weights, 0.1).momentum(0.9),
                weights -> new Adam(weights, 0.1),
                weights -> new AdamW(weights, 0.1).weightDecay(0),
                weights -> new RmsProp(weights, 0.1).momentum(0.9));
        for (int i = 0; i < ALL.size(); i++) {
            Weight spared = new Weight("spared", 1, 2, 3);
            Weight decayed = new Weight("decayed", 1, 2, 3);
            Weight plain = new Weight("plain", 1, 2, 3);
            Optimizer optimizer = ALL.get(i).apply(List.of(spared, decayed));
            optimizer.group(List.of(spared), 1, 0);
            Optimizer alone = without.get(i).apply(List.of(plain));
            for (int step = 0; step < 3; step++) { // the first step of Adam is a whole rate, whatever the gradient
                spared.pull(1, step, -1);
                decayed.pull(1, step, -1);
                plain.pull(1, step, -1);
                optimizer.step();
                alone.step();
            }
            assertEquals(plain.value(), spared.value());
            assertNotEquals(plain.value(), decayed.value());
        }
    }

    @Test
    void aGroupIsOfTheOptimizersOwnParameters() {
        Weight w = new Weight("w", 1);
        Weight stranger = new Weight("stranger", 1);
        Sgd sgd = new Sgd(List.of(w), 1);
        assertMessage(
                "sgd: parameter 'stranger' of a group is not one of this optimizer",
                () -> sgd.group(List.of(w, stranger), 0, 0));
        assertMessage(
                "sgd: the learning rate's factor -1.0 is not a number from 0 on", () -> sgd.group(List.of(w), -1, 1));
        w.pull(1);
        sgd.step();
        assertEquals(0, w.value().get(0), 0); // and the first of those calls changed nothing
    }

    /** Written plainly, with operations on arrays. */
    private static Optimizer plain(List<Weight> weights) {
        return new Optimizer("plain", weights, 0.5) {
            @Override
            protected FloatArray update(FloatArray numbers, FloatArray gradient, Memory memory) {
                return numbers.sub(gradient.mul((float) memory.learningRate()));
            }
        };
    }

    @Test
    void anOptimizerOfOnesOwnSeesClippedGradients() {
        Weight w = new Weight("w", 1, 2).pull(1, 4);
        Optimizer plain = plain(List.of(w));
        plain.step();
        assertEquals(FloatArray.of(0.5f, 0), w.value());
        plain.clipValue(2);
        w.pull(1, 4);
        plain.step();
        assertEquals(FloatArray.of(0, -1), w.value());
        plain.clipNorm(2.5);
        plain.clipValue(Double.POSITIVE_INFINITY);
        w.pull(3, 4);
        plain.step();
        assertEquals(FloatArray.of(-0.75f, -2), w.value());
    }

    @Test
    void anUpdateThatFailsIsNotRemembered() {
        for (Function<List<Weight>, Optimizer> maker : ALL) {
            Weight first = new Weight("w", 1, 2, 3);
            Weight second = new Weight("w", 1, 2, 3);
            Optimizer disturbed = maker.apply(List.of(first));
            Optimizer quiet = maker.apply(List.of(second));
            assertFails(disturbed, first);
            assertEquals(quiet.state(), disturbed.state());
            first.pull(1, 2, -1);
            second.pull(1, 2, -1);
            disturbed.step();
            quiet.step();
            assertFails(disturbed, first);
            assertEquals(second.value(), first.value());
            assertEquals(quiet.state(), disturbed.state());
        }
    }

    @Test
    void aGradientThatCannotBeReadStopsTheStepBeforeAnyUpdate() {
        for (Function<List<Weight>, Optimizer> maker : ALL) {
            Weight first = new Weight("first", 1, 2);
            Weight second = new Weight("second", 3);
            Optimizer optimizer = maker.apply(List.of(first, second));
            first.pull(1, -1);
            assertFails(optimizer, second);
            assertEquals(FloatArray.of(1, 2), first.value());
            assertEquals(FloatArray.of(1, -1), first.leaf().grad());
            assertEquals(1, optimizer.step());
        }
    }

    /** The gradient is of a run that has ended. */
    private static void assertFails(Optimizer optimizer, Weight weight) {
        new Workspace().run(() -> weight.leaf().backward(weight.value().mul(2)));
        assertThrows(IllegalStateException.class, optimizer::step);
        weight.leaf().zeroGrad();
    }

    @Test
    void refusesNoParametersAndAnyGivenTwice() {
        Weight w = new Weight("fc1.weight", 1);
        assertMessage("sgd: there are no parameters to train", () -> new Sgd(List.of(), 0.1));
        assertMessage(
                "adam: parameter 'fc1.weight' was given twice and would be updated twice",
                () -> new Adam(List.of(w, w), 0.1));
        assertMessage("sgd: the learning rate NaN is not a number from 0 on", () -> new Sgd(List.of(w), Double.NaN));
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
