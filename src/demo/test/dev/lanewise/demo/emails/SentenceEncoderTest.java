package dev.lanewise.demo.emails;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Plan;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.data.Padded;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The encoder as one function and as two; that its numbers are right is seen beside ONNX Runtime, in the profile oracle. */
class SentenceEncoderTest {

    private static final SentenceEncoder ENCODER = SentenceEncoder.miniLm();
    private static final WordPiece TOKENIZER = WordPiece.miniLm();

    private static FloatArray ids(int[]... tokens) {
        int[][] padded = Padded.toLongest(List.of(tokens), 0).ids();
        float[] numbers = new float[padded.length * padded[0].length];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = padded[i / padded[0].length][i % padded[0].length];
        }
        return FloatArray.wrap(numbers, padded.length, padded[0].length);
    }

    private static int[] tokens(String text) {
        return TOKENIZER.encode(text, 128);
    }

    private static float likeness(FloatArray sentences, int i, int j) {
        return sentences.slice(Index.at(i)).dot(sentences.slice(Index.at(j))).item();
    }

    @Test
    void sentencesOfOneMeaningAreNear() {
        FloatArray sentences = ENCODER.infer(ids(
                tokens("The cat sits outside"),
                tokens("A cat is sitting outdoors"),
                tokens("Interest rates rose again")));
        assertEquals(
                List.of(3, 384),
                List.of(sentences.shape().dim(0), sentences.shape().dim(1)));
        assertTrue(likeness(sentences, 0, 1) > 0.7, () -> "" + likeness(sentences, 0, 1));
        assertTrue(likeness(sentences, 0, 2) < 0.2, () -> "" + likeness(sentences, 0, 2));
        assertEquals(1, likeness(sentences, 0, 0), 1e-5);
    }

    @Test
    void paddingHasNoInfluence() {
        int[] tokens = tokens("Money for nothing");
        FloatArray alone = ENCODER.infer(ids(tokens));
        FloatArray beside =
                ENCODER.infer(ids(tokens, tokens("a much longer sentence that has many more words than that")));
        assertTrue(beside.slice(Index.range(0, 1)).closeTo(alone, 0, 1e-6));
    }

    @Test
    void aPlanSaysTheSameToTheBit() {
        Plan plan = ENCODER.plan(2, 9);
        for (String text :
                List.of("Money for nothing", "The cat sits outside", "Interest rates rose again, and again")) {
            FloatArray sentences = ids(tokens(text), tokens("nine tokens are what this sentence"));
            assertEquals(Shape.of(2, 9), sentences.shape());
            assertEquals(ENCODER.infer(sentences), plan.run(sentences));
        }
    }

    @Test
    void whatWasWorkedOutOnceIsWhatTheWholeSays() {
        List<Email> emails = Email.sample().subList(0, 6);
        Mailbox mail = new Mailbox(ENCODER, TOKENIZER, emails, 24);
        try (Workers workers = new Workers(2)) {
            mail.encode(workers, Set.of(2, 5), note -> {});
        }
        int[][] tokens =
                emails.stream().map(email -> TOKENIZER.encode(email.text(), 24)).toArray(int[][]::new);
        FloatArray whole = ENCODER.infer(ids(tokens));
        for (int depth : new int[] {0, 2, 5, 6}) {
            ENCODER.freezeBelow(depth);
            AdjointArray sentences = mail.sentences(depth, mail.all());
            assertTrue(sentences.value().closeTo(whole, 0, 1e-6), "from layer " + depth);
            assertEquals(depth < 6, sentences.requiresGrad());
        }
    }

    @Test
    void freezingBelowALayer() {
        ENCODER.freezeBelow(4);
        ENCODER.namedParameters()
                .forEach((path, parameter) -> assertEquals(
                        !path.startsWith("layer4.") && !path.startsWith("layer5."), parameter.isFrozen(), path));
        ENCODER.freezeBelow(6);
        assertEquals(0, ENCODER.countParameters().trained());
        ENCODER.freezeBelow(0);
        assertEquals(22_565_376, ENCODER.countParameters().trained());
    }

    @Test
    void twoMailsAreTwoVectors() {
        FloatArray sentences = ENCODER.infer(ids(tokens("one"), tokens("two")));
        assertNotEquals(sentences.slice(Index.at(0)), sentences.slice(Index.at(1)));
        assertFalse(Float.isNaN(sentences.sum().item()));
    }

    @Test
    void anotherShapeIsRefused() {
        assertEquals(
                "sentence encoder of 6 layers: tokens are batch x length, and these have shape 3",
                assertThrows(IllegalArgumentException.class, () -> ENCODER.infer(FloatArray.of(1, 2, 3)))
                        .getMessage());
    }
}
