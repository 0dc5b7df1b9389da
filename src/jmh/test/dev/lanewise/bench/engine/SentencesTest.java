package dev.lanewise.bench.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SentencesTest {

    @Test
    void sentencesAreOfFullLengthAndDiffer() {
        Sentences sentences = Sentences.of("32x64");
        assertEquals(32, sentences.batch());
        assertEquals(64, sentences.length());
        for (int[] ids : sentences.ids()) {
            assertEquals(101, ids[0]);
            assertEquals(102, ids[63]);
            assertEquals(64, ids.length);
            assertTrue(Arrays.stream(ids).allMatch(id -> id > 0 && id < MiniLm.VOCABULARY), Arrays.toString(ids));
        }
        assertEquals(
                32,
                Arrays.stream(sentences.ids()).map(Arrays::toString).distinct().count());
    }

    @Test
    void theSameEachTime() {
        assertArrayEquals(Sentences.of("8x32").flat(), Sentences.of("8x32").flat());
        EncoderTask task = EncoderTask.start("8x32", 4);
        assertArrayEquals(EncoderTask.start("8x32", 0).head(), task.head());
        assertArrayEquals(EncoderTask.start("8x32", 0).labels(), task.labels());
        assertEquals(2, Arrays.stream(task.labels()).distinct().count(), "both classes are there");
    }
}
