package dev.lanewise.bench.engine;

import java.util.SplittableRandom;

/**
 * The start of a fine-tuning: sentences that a new linear head, from the encoder's 384 numbers, is to tell into two classes.
 *
 * @param labels the class of each sentence
 * @param head the head's weight, 384 x 2; its bias starts as zeros
 * @param frozen how many of the six layers are not trained; if any, the embeddings are not either
 */
public record EncoderTask(Sentences sentences, int[] labels, float[] head, int frozen) {

    static final int CLASSES = 2;

    /** The same numbers each time. */
    public static EncoderTask start(String shape, int frozen) {
        Sentences sentences = Sentences.of(shape);
        SplittableRandom random = new SplittableRandom(6);
        int[] labels = random.ints(sentences.batch(), 0, CLASSES).toArray();
        float[] head = new float[MiniLm.WIDTH * CLASSES];
        for (int i = 0; i < head.length; i++) {
            head[i] = (float) random.nextDouble(-1, 1);
        }
        return new EncoderTask(sentences, labels, head, frozen);
    }

    /** Large enough for the losses of a few steps to differ, and small enough for them to fall. A head alone takes more. */
    float rate() {
        return frozen == MiniLm.LAYERS ? 0.5f : 0.002f;
    }
}
