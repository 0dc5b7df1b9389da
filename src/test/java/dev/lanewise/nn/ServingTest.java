package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A model is served while it is trained, and no answer is that of a mixture of its states. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServingTest {

    private static final int READERS = 3;
    private static final int STEPS = 300;

    /** Seconds that the threads of a test wait for each other. */
    private static final int PATIENCE = 60;

    private static final FloatArray REQUEST = FloatArray.randn(new Random(1), 2, 6);
    private static final FloatArray EXAMPLES = FloatArray.randn(new Random(2), 16, 6);
    private static final int[] LABELS = new Random(3).ints(16, 0, 3).toArray();

    private static Sequential model() {
        Random random = new Random(4);
        return Sequential.of(
                Linear.he(6, 32, random),
                new Relu(),
                new Dropout(0.1f, 5),
                Linear.he(32, 32, random),
                new Relu(),
                Linear.xavier(32, 3, random));
    }

    private final Sequential model = model();
    private final Serving<Sequential> serving = new Serving<>(ServingTest::model);
    private final Optimizer adam = new Adam(model.namedParameters().values(), 0.01);

    private void step() {
        Losses.crossEntropy(model.forward(AdjointArray.constant(EXAMPLES)), LABELS)
                .backward();
        adam.step();
    }

    /** An answer, and the version that gave it. */
    private record Answer(long version, FloatArray value) {}

    /** How many of the answers are not those that the model gave, alone, when it was published. */
    private static long torn(List<Answer> answers, Map<Long, FloatArray> published) {
        return answers.stream()
                .filter(answer -> !answer.value.equals(published.get(answer.version)))
                .count();
    }

    @Test
    void everyAnswerIsThatOfOneStateWhileTrainingGoesOn() throws Exception {
        Map<Long, FloatArray> published = new ConcurrentHashMap<>();
        publish(published);
        AtomicBoolean training = new AtomicBoolean(true);
        AtomicLong changes = new AtomicLong();
        CyclicBarrier start = new CyclicBarrier(READERS + 1);
        Callable<List<Answer>> reader = () -> {
            List<Answer> answers = new ArrayList<>();
            long seen = -1;
            start.await(PATIENCE, TimeUnit.SECONDS);
            while (training.get()) {
                Serving.Version<Sequential> version = serving.current();
                if (version.number() != seen) {
                    seen = version.number();
                    changes.incrementAndGet();
                }
                answers.add(new Answer(version.number(), version.model().infer(REQUEST)));
            }
            return answers;
        };
        List<Answer> answers = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(READERS)) {
            List<Future<List<Answer>>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(pool.submit(reader));
            }
            start.await(PATIENCE, TimeUnit.SECONDS);
            try {
                // However slow the machine is: until readers have met new versions often enough. One that is dead meets
                // none
                // any more, and says below what it died of.
                while ((published.size() <= STEPS || changes.get() < 10 * READERS)
                        && readers.stream().noneMatch(Future::isDone)) {
                    step();
                    publish(published);
                }
            } finally {
                training.set(false);
            }
            for (Future<List<Answer>> one : readers) {
                answers.addAll(one.get(PATIENCE, TimeUnit.SECONDS));
            }
        }
        assertEquals(published.size(), published.values().stream().distinct().count(), "every state answers otherwise");
        assertTrue(answers.size() >= changes.get());
        assertEquals(0, torn(answers, published));
    }

    /** What the model answers by itself is written down before anybody can be served by it. */
    private void publish(Map<Long, FloatArray> published) {
        published.put((long) published.size(), model.infer(REQUEST));
        assertEquals(published.size() - 1, serving.publish(model).number());
    }

    @Test
    void aMixtureWouldBeNoticed() {
        // Inference on the model itself, with a step of training between two of its layers: what a race would do.
        Map<Long, FloatArray> published = new ConcurrentHashMap<>();
        published.put(0L, model.infer(REQUEST));
        List<Layer> layers = new ArrayList<>(model.children().values());
        layers.add(2, x -> {
            step();
            return x;
        });
        FloatArray mixed = Sequential.of(layers.toArray(Layer[]::new)).infer(REQUEST);
        published.put(1L, model.infer(REQUEST));
        assertEquals(2, torn(List.of(new Answer(0, mixed), new Answer(1, mixed)), published));
    }

    @Test
    void aVersionStaysWhatItWasAndIsNotTrained() {
        Serving.Version<Sequential> version = serving.publish(model);
        FloatArray before = version.model().infer(REQUEST);
        step();
        assertNotEquals(before, model.infer(REQUEST));
        assertEquals(before, version.model().infer(REQUEST));
        assertEquals(0, version.model().countParameters().trained());
        AdjointArray x = AdjointArray.constant(REQUEST);
        assertEquals(before, version.model().forward(x).value()); // no noise either
        assertSame(version, serving.current());
        assertSame(serving.publish(model), serving.current());
    }

    @Test
    void aVersionHasTheArraysOfTheModelAndNoCopies() {
        Sequential copy = serving.publish(model).model();
        model.namedParameters()
                .forEach((path, parameter) ->
                        assertSame(parameter.value(), copy.parameter(path).value(), path));
        assertFalse(model.parameter("0.weight").isFrozen());
    }

    @Test
    void whatIsNotThereOrDoesNotFitIsRefused() {
        assertEquals(
                "serving: nothing was published yet",
                assertThrows(IllegalStateException.class, serving::current).getMessage());
        Serving.Version<Sequential> version = serving.publish(model);
        assertThrows(IllegalArgumentException.class, () -> serving.publish(Linear.he(2, 2, new Random(1))));
        assertSame(version, serving.current());
    }

    @Test
    void aMakerThatMakesNothingNewIsRefused() {
        String sentence =
                "serving: the maker returned a model that is in use already; it has to make a new one each time";
        Sequential one = model();
        Serving<Sequential> same = new Serving<>(() -> one);
        Serving.Version<Sequential> version = same.publish(model);
        FloatArray before = version.model().infer(REQUEST);
        step();
        var e = assertThrows(IllegalStateException.class, () -> same.publish(model));
        assertEquals(sentence, e.getMessage());
        assertSame(version, same.current());
        assertEquals(before, version.model().infer(REQUEST));
        Serving<Sequential> ofTheModel = new Serving<>(() -> model);
        e = assertThrows(IllegalStateException.class, () -> ofTheModel.publish(model));
        assertEquals(sentence, e.getMessage());
        assertFalse(model.parameter("0.weight").isFrozen());
    }

    @Test
    void whatIsNullIsNamed() {
        Serving<Sequential> nothing = new Serving<>(() -> null);
        assertEquals(
                "serving: the maker returned null",
                assertThrows(NullPointerException.class, () -> nothing.publish(model))
                        .getMessage());
        assertEquals(
                "serving: the maker is null",
                assertThrows(NullPointerException.class, () -> new Serving<Sequential>(null))
                        .getMessage());
        assertEquals(
                "serving: the model is null",
                assertThrows(NullPointerException.class, () -> serving.publish(null))
                        .getMessage());
    }
}
