package dev.lanewise.train;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.nn.Losses;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The task to tell classes apart, and how what it says of batches is added up. */
class TaskTest {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Answers(FloatArray logits, int... labels) {}

    private static final Task<Answers> TASK =
            Task.classification(2, batch -> AdjointArray.variable(batch.logits), Answers::labels);

    /** Two of label 0, both taken for 1, and one of label 1, which is found. */
    private static final Answers FIRST = new Answers(FloatArray.of(new float[][] {{0, 1}, {-1, 3}, {2, 5}}), 0, 0, 1);

    private static final Answers SECOND = new Answers(FloatArray.of(new float[][] {{4, 1}}), 0);

    private static double loss(Answers batch) {
        return Losses.crossEntropy(batch.logits, batch.labels).item();
    }

    @Test
    void itsLossIsTheCrossEntropyAndRecorded() {
        AdjointArray recorded = TASK.loss(FIRST);
        assertTrue(recorded.requiresGrad());
        assertEquals(loss(FIRST), recorded.item());
    }

    @Test
    void anEvaluationCountsLabelsByWhatTheyWereTakenFor() {
        Score.Sum sum = new Score.Sum();
        for (Answers batch : List.of(FIRST, SECOND)) {
            TASK.evaluate(batch, sum);
        }
        Score score = sum.score();
        assertEquals(4, score.examples());
        assertEquals((3 * loss(FIRST) + loss(SECOND)) / 4, score.loss(), 1e-9);
        ConfusionMatrix confusion = requireNonNull(score.confusion());
        assertEquals(2, confusion.count(0, 1));
        assertEquals(0, confusion.count(1, 0));
        assertEquals(1, confusion.count(1, 1));
        assertEquals(1, confusion.count(0, 0));
        assertEquals(0.5, score.accuracy());
        assertEquals(0.5, score.f1());
    }

    @Test
    void withoutLabelsThereIsOnlyALoss() {
        Score.Sum sum = new Score.Sum();
        sum.add(2, 3);
        sum.add(1, 1);
        Score score = sum.score();
        assertEquals(1.75, score.loss());
        assertTrue(Double.isNaN(score.accuracy()) && Double.isNaN(score.f1()));
        assertTrue(Double.isNaN(new Score.Sum().score().loss()));
    }

    @Test
    void anotherNumberOfClassesIsRefused() {
        Score.Sum sum = new Score.Sum();
        sum.add(2, new int[] {0}, new int[] {1});
        assertEquals(
                "score: a batch of 3 classes after one of 2",
                assertThrows(IllegalArgumentException.class, () -> sum.add(3, new int[] {0}, new int[] {2}))
                        .getMessage());
    }

    @Test
    void classesAreThoseOfTheLogits() {
        Task<Answers> three = Task.classification(3, batch -> AdjointArray.constant(batch.logits), Answers::labels);
        for (Executable use :
                List.<Executable>of(() -> three.loss(FIRST), () -> three.evaluate(FIRST, new Score.Sum()))) {
            assertEquals(
                    "classification: logits 3x2 for 3 classes",
                    assertThrows(IllegalArgumentException.class, use).getMessage());
        }
        assertEquals(
                "classification: 1 classes; to tell apart takes two",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Task.<Answers>classification(
                                        1, batch -> AdjointArray.constant(batch.logits), Answers::labels))
                        .getMessage());
    }
}
