package dev.lanewise.demo.emails;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.demo.emails.FineTuning.Trained;
import dev.lanewise.train.ConfusionMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The settings on a few short mails: what a training changes and keeps. How well it does is what the demo is for. */
class FineTuningTest {

    private static final List<Email> FEW = Stream.concat(
                    Email.sample().stream().filter(Email::spam).limit(20),
                    Email.sample().stream().filter(email -> !email.spam()).limit(28))
            .toList();

    /** What came out of the head alone and of head and last layer, as arrays by name. */
    private static SequencedMap<String, FloatArray> train(int threads, long seed, int frozen) {
        SentenceEncoder encoder = SentenceEncoder.miniLm();
        Mailbox mail = new Mailbox(encoder, WordPiece.miniLm(), FEW, 32);
        try (Workers workers = new Workers(threads)) {
            mail.encode(workers, Set.of(frozen), note -> {});
            FineTuning tuning = new FineTuning(encoder, mail, workers, seed);
            Trained head = tuning.head();
            Trained layers = tuning.layers(head.head(), frozen, 2, (step, note) -> {});
            SequencedMap<String, FloatArray> all = layers.weights();
            head.head().snapshot().forEach((path, value) -> all.put("alone." + path, value));
            layers.head().snapshot().forEach((path, value) -> all.put("head." + path, value));
            return all;
        }
    }

    @Test
    void aSecondRunHasTheSameBitsOnOneThreadAndOnTwo() {
        Map<String, FloatArray> first = train(1, 3, 5);
        assertEquals(first, train(1, 3, 5));
        assertEquals(first, train(2, 3, 5));
        assertNotEquals(first, train(2, 4, 5), "the seed matters");
    }

    @Test
    void eachFrozenLayerSavesNumbersAndBytes() {
        SentenceEncoder encoder = SentenceEncoder.miniLm();
        Map<String, FloatArray> pretrained = encoder.snapshot();
        Mailbox mail = new Mailbox(encoder, WordPiece.miniLm(), FEW.subList(8, 32), 16);
        List<Trained> settings = new ArrayList<>();
        try (Workers workers = new Workers(2)) {
            mail.encode(workers, Set.of(4, 5), note -> {});
            FineTuning tuning = new FineTuning(encoder, mail, workers, 1);
            settings.add(tuning.head());
            for (int frozen : new int[] {5, 4, 0}) {
                int[] steps = {0};
                settings.add(tuning.layers(settings.getFirst().head(), frozen, 1, (step, note) -> steps[0] = step));
                assertEquals(tuning.steps(1), steps[0]);
                encoder.namedParameters()
                        .forEach((path, parameter) -> assertEquals(
                                !parameter.isFrozen(), changed(path, parameter.value(), pretrained), path));
            }
            // Every setting begins with the pretrained weights, whatever was trained before it.
            Trained again = tuning.layers(settings.getFirst().head(), 5, 1, (step, note) -> {});
            assertEquals(settings.get(1).weights(), again.weights());
        }
        // A layer: four products of 384², two of 384 by 1536, their biases, two norms. The head: 384 by 2, and 2.
        int layer = 4 * (384 * 384 + 384) + 2 * 384 * 1536 + 1536 + 384 + 4 * 384;
        assertEquals(
                List.of(770L, 770L + layer, 770L + 2 * layer, 770L + 22_565_376),
                settings.stream().map(Trained::trained).toList());
        for (int i = 1; i < settings.size(); i++) {
            Trained more = settings.get(i);
            Trained less = settings.get(i - 1);
            assertTrue(more.graphBytes() > less.graphBytes(), () -> more + " keeps more than " + less);
        }
        // The graph of a head: its standardised input, the weights that it shares with the layer, the log of softmax.
        assertTrue(settings.getFirst().graphBytes() < 16 * 384 * 4 * 2);
    }

    private static boolean changed(String path, FloatArray value, Map<String, FloatArray> pretrained) {
        return !value.equals(pretrained.get(path));
    }

    @Test
    void aHeadAloneLearnsItsMail() {
        SentenceEncoder encoder = SentenceEncoder.miniLm();
        Mailbox mail = new Mailbox(encoder, WordPiece.miniLm(), FEW, 64);
        try (Workers workers = new Workers(2)) {
            mail.encode(workers, Set.of(), note -> {});
            Trained head = new FineTuning(encoder, mail, workers, 1).head();
            ConfusionMatrix scores = mail.scores(workers, head.head(), 6);
            assertTrue(scores.accuracy() > 0.95, scores::toString);
        }
    }
}
