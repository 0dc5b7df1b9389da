package dev.lanewise.bench.engine;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Made-up sentences for the encoder, all of full length, so that no engine can leave out padding.
 *
 * @param ids the tokens' numbers, batch x length, none of them 0, which is padding
 */
public record Sentences(int[][] ids) {

    /** Before it come tokens of other alphabets and such that are never used. */
    private static final int FIRST_WORD = 1_996;

    private static final int BEGIN = 101;
    private static final int END = 102;

    /**
     * The same each time.
     *
     * @param shape {@code BATCHxLENGTH}
     */
    public static Sentences of(String shape) {
        String[] sizes = shape.split("x");
        int length = Integer.parseInt(sizes[1]);
        SplittableRandom random = new SplittableRandom(5);
        int[][] ids = new int[Integer.parseInt(sizes[0])][];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = random.ints(length, FIRST_WORD, MiniLm.VOCABULARY).toArray();
            ids[i][0] = BEGIN;
            ids[i][length - 1] = END;
        }
        return new Sentences(ids);
    }

    int batch() {
        return ids.length;
    }

    int length() {
        return ids[0].length;
    }

    /** The numbers of all tokens, sentence by sentence. */
    int[] flat() {
        return Arrays.stream(ids).flatMapToInt(Arrays::stream).toArray();
    }
}
