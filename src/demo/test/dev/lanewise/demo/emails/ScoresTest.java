package dev.lanewise.demo.emails;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScoresTest {

    @Test
    void countsAsTheWordsSay() {
        Scores scores = Scores.of(new int[] {1, 1, 0, 0, 0, 1}, new int[] {1, 0, 1, 0, 0, 1});
        assertEquals(new Scores(2, 1, 1, 2), scores);
        assertEquals(6, scores.count());
        assertEquals(4 / 6.0, scores.accuracy());
        assertEquals(2 / 3.0, scores.f1(), 1e-15, "precision and recall are both 2/3");
        assertEquals(0.5, scores.majority());
    }

    @Test
    void aModelThatNeverSaysSpam() {
        Scores scores = Scores.of(new int[4], new int[] {0, 0, 0, 1});
        assertEquals(0.75, scores.accuracy());
        assertEquals(0.75, scores.majority());
        assertEquals(0, scores.f1());
        assertEquals(0, Scores.of(new int[2], new int[2]).f1());
    }

    @Test
    void oneAnswerForEach() {
        assertEquals(
                "scores: 2 answers for 1 mails",
                assertThrows(IllegalArgumentException.class, () -> Scores.of(new int[2], new int[1]))
                        .getMessage());
    }
}
