package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.FloatArray;
import dev.lanewise.io.SafeTensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that was interrupted goes on with the same bits, through a file. */
class OptimizerStateTest {

    private static final Map<String, Function<List<Weight>, Optimizer>> ALL = Map.of(
            "plain sgd", weights -> new Sgd(weights, 0.1),
            "sgd", weights -> new Sgd(weights, 0.1).momentum(0.9).weightDecay(0.1),
            "adam", weights -> new Adam(weights, 0.1).weightDecay(0.1),
            "adamW", weights -> new AdamW(weights, 0.1).weightDecay(0.1),
            "rmsProp", weights -> new RmsProp(weights, 0.1).momentum(0.9).weightDecay(0.1));

    private static final Schedule RATES = Schedule.cosine(0.1, 0.001, 9).warmUp(2);

    @TempDir
    private Path directory = Path.of("");

    /** One that is updated in every step, one only from the sixth on, one never. */
    private static List<Weight> weights() {
        Random random = new Random(4);
        return List.of(
                new Weight("encoder.0.weight", References.numbers(random, 33)),
                new Weight("late", References.numbers(random, 5)),
                new Weight("never", 1, 2));
    }

    private static void train(Optimizer optimizer, List<Weight> weights, int from, int to) {
        for (int step = from; step < to; step++) {
            Random random = new Random(step);
            optimizer.learningRate(RATES.at(step));
            weights.get(0).pull(References.numbers(random, 33));
            if (step >= 5) {
                weights.get(1).pull(References.numbers(random, 5));
            }
            optimizer.step();
        }
    }

    private static List<FloatArray> values(List<Weight> weights) {
        return weights.stream().map(Weight::value).toList();
    }

    @Test
    void trainingGoesOnWithTheSameBits() throws IOException {
        for (Map.Entry<String, Function<List<Weight>, Optimizer>> each : ALL.entrySet()) {
            String name = each.getKey();
            List<Weight> steady = weights();
            train(each.getValue().apply(steady), steady, 0, 10);

            List<Weight> first = weights();
            Optimizer interrupted = each.getValue().apply(first);
            train(interrupted, first, 0, 6);
            Path file = directory.resolve(name + ".safetensors");
            Map<String, FloatArray> all = new LinkedHashMap<>(interrupted.state());
            first.forEach(weight -> all.put("model/" + weight.name(), weight.value()));
            SafeTensors.write(file, all);

            Map<String, FloatArray> read = new LinkedHashMap<>(SafeTensors.readAll(file));
            List<Weight> second = weights();
            for (Weight weight : second) {
                FloatArray value = read.remove("model/" + weight.name());
                weight.update(value == null ? FloatArray.zeros() : value);
            }
            Optimizer resumed = each.getValue().apply(second);
            resumed.restore(read);
            assertEquals(interrupted.learningRate(), resumed.learningRate(), name);
            assertEquals(interrupted.state(), resumed.state(), name);
            train(resumed, second, 6, 10);
            assertEquals(values(steady), values(second), name);

            // And without the state the bits are others, so that the comparison means something.
            if (!name.equals("plain sgd")) {
                List<Weight> forgetful = weights();
                for (int i = 0; i < forgetful.size(); i++) {
                    forgetful.get(i).update(first.get(i).value());
                }
                train(each.getValue().apply(forgetful), forgetful, 6, 10);
                assertNotEquals(values(steady), values(forgetful), name);
            }
        }
    }

    @Test
    void namesWhatItRemembers() {
        List<Weight> weights = weights();
        Optimizer adam = new Adam(weights, 0.1);
        assertEquals(Set.of("adam/learningRate"), adam.state().keySet());
        train(adam, weights, 0, 1);
        assertEquals(
                List.of(
                        "adam/learningRate",
                        "adam/encoder.0.weight/updates",
                        "adam/encoder.0.weight/0",
                        "adam/encoder.0.weight/1"),
                List.copyOf(adam.state().keySet()));
        assertEquals(FloatArray.of(1, 0, 0, 0), adam.state().get("adam/encoder.0.weight/updates"));
    }

    @Test
    void aStateIsACopy() {
        List<Weight> weights = weights();
        Optimizer adam = new Adam(weights, 0.1);
        train(adam, weights, 0, 1);
        Map<String, FloatArray> state = adam.state();
        Map<String, FloatArray> again = adam.state();
        train(adam, weights, 1, 2);
        assertEquals(again, state);
        assertNotEquals(adam.state(), state);
        adam.restore(state);
        train(adam, weights, 2, 3);
        assertEquals(again, state);
    }

    @Test
    void aStateThatDoesNotFitChangesNothing() {
        List<Weight> weights = weights();
        Optimizer adam = new Adam(weights, 0.1);
        train(adam, weights, 0, 2);
        Map<String, FloatArray> before = adam.state();
        assertRefused(adam, "adam: the state has no 'adam/learningRate'", new Sgd(weights, 0.1).state());
        assertRefused(
                adam,
                "adam: the state has 'adam/other/0', which nothing of this optimizer is called",
                with(before, "adam/other/0", FloatArray.zeros(3)));
        assertRefused(
                adam,
                "adam: the state has 'adam/encoder.0.weight/1' of shape 34 for a parameter of shape 33",
                with(before, "adam/encoder.0.weight/1", FloatArray.zeros(34)));
        assertRefused(
                adam,
                "adam: the state has 'adam/learningRate' of shape scalar, where a number takes shape 4",
                with(before, "adam/learningRate", FloatArray.scalar(0.1f)));
        assertRefused(
                adam,
                "adam: the state has 0.5 in 'adam/encoder.0.weight/updates', which is no piece of a number",
                with(before, "adam/encoder.0.weight/updates", FloatArray.of(0, 0.5f, 0, 0)));
        assertRefused(
                adam,
                "adam: the learning rate -1.0 is not a number from 0 on",
                with(before, "adam/learningRate", FloatArray.of(0, 0, 0, 0xBFF0)));
        assertEquals(before, adam.state());
    }

    private static Map<String, FloatArray> with(Map<String, FloatArray> state, String key, FloatArray value) {
        Map<String, FloatArray> changed = new LinkedHashMap<>(state);
        changed.put(key, value);
        return changed;
    }

    private static void assertRefused(Optimizer optimizer, String message, Map<String, FloatArray> state) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> optimizer.restore(state))
                        .getMessage());
    }

    @Test
    void parametersOfOneNameCannotBeToldApart() {
        Optimizer sgd = new Sgd(List.of(new Weight("w", 1), new Weight("w", 2)), 0.1);
        assertEquals(
                "sgd: two parameters have the name 'w', so what is remembered of them cannot be told apart",
                assertThrows(IllegalStateException.class, sgd::state).getMessage());
    }
}
