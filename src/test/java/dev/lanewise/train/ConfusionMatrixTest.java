package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {

    /** Of 6 spam 4 were found, of 10 ham 3 were taken for spam. */
    private static ConfusionMatrix mails() {
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        matrix.add(new int[] {1, 1, 1, 1, 1, 1}, new int[] {1, 1, 0, 1, 0, 1});
        matrix.add(new int[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, new int[] {0, 1, 0, 0, 1, 0, 0, 1, 0, 0});
        return matrix;
    }

    @Test
    void countsAndShares() {
        ConfusionMatrix matrix = mails();
        assertEquals(16, matrix.examples());
        assertEquals(2, matrix.count(1, 0));
        assertEquals(3, matrix.count(0, 1));
        assertEquals(11.0 / 16, matrix.accuracy());
        assertEquals(4.0 / 7, matrix.precision(1));
        assertEquals(4.0 / 6, matrix.recall(1));
        assertEquals(2 * 4.0 / (2 * 4 + 3 + 2), matrix.f1(1), 1e-15);
        assertEquals(matrix.f1(1), matrix.f1());
    }

    @Test
    void theF1OfMoreClassesIsTheirMean() {
        ConfusionMatrix matrix = new ConfusionMatrix(3);
        matrix.add(new int[] {0, 0, 1, 1}, new int[] {0, 1, 1, 1});
        // Class 0: 1 of 1 taken, 1 of 2 found. Class 1: 2 of 3 taken, 2 of 2 found. Class 2: nothing.
        assertEquals((2.0 / 3 + 4.0 / 5 + 0) / 3, matrix.f1(), 1e-15);
        assertEquals(0, matrix.precision(2));
        assertEquals(0, matrix.recall(2));
    }

    @Test
    void ofNoExamplesNothingIsKnown() {
        assertTrue(Double.isNaN(new ConfusionMatrix(2).accuracy()));
        assertEquals(0, new ConfusionMatrix(2).f1());
    }

    @Test
    void isATable() {
        assertEquals(
                List.of(
                        "label \\ guess        0        1", //
                        "            0        7        3",
                        "            1        2        4"),
                mails().toString().lines().toList());
    }

    @Test
    void whatDoesNotFitIsRefusedAndNotCounted() {
        ConfusionMatrix matrix = mails();
        assertMessage("confusion matrix: 2 labels with 1 guesses", () -> matrix.add(new int[] {0, 1}, new int[] {0}));
        assertMessage(
                "confusion matrix: the guess 2 is not one of the 2 classes",
                () -> matrix.add(new int[] {0, 1}, new int[] {0, 2}));
        assertMessage(
                "confusion matrix: the label -1 is not one of the 2 classes",
                () -> matrix.add(new int[] {0, -1}, new int[] {0, 1}));
        assertMessage("confusion matrix: 0 classes", () -> new ConfusionMatrix(0));
        assertMessage("confusion matrix: the label 2 is not one of the 2 classes", () -> matrix.count(2, 0));
        assertMessage("confusion matrix: the guess -1 is not one of the 2 classes", () -> matrix.count(0, -1));
        String message = "confusion matrix: the class 2 is not one of the 2 classes";
        assertMessage(message, () -> matrix.precision(2));
        assertMessage(message, () -> matrix.recall(2));
        assertMessage(message, () -> matrix.f1(2));
        assertEquals(16, matrix.examples());
    }

    private static void assertMessage(String message, Runnable action) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, action::run).getMessage());
    }
}
