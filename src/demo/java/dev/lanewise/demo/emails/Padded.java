package dev.lanewise.demo.emails;

import dev.lanewise.array.FloatArray;
import java.util.Arrays;
import java.util.List;

/**
 * Sequences of different lengths as one array, each followed by zeros up to the length of the longest.
 *
 * @param values {@code batch x length x width}
 * @param mask {@code batch x length}: 1 where there is something, 0 for padding
 */
public record Padded(FloatArray values, FloatArray mask) {

    /** Token numbers padded with those of {@code [PAD]}, which is 0. */
    static int[][] tokens(List<int[]> sequences) {
        int longest =
                longest(sequences.stream().mapToInt(tokens -> tokens.length).toArray());
        return sequences.stream().map(tokens -> Arrays.copyOf(tokens, longest)).toArray(int[][]::new);
    }

    /** The mask of sequences of the given lengths. */
    static FloatArray mask(int... lengths) {
        int longest = longest(lengths);
        float[] mask = new float[lengths.length * longest];
        for (int i = 0; i < lengths.length; i++) {
            Arrays.fill(mask, i * longest, i * longest + lengths[i], 1);
        }
        return FloatArray.wrap(mask, lengths.length, longest);
    }

    /** What was worked out for each sequence, {@code length x width}, as one batch. */
    static Padded of(List<FloatArray> sequences) {
        int[] lengths = sequences.stream().mapToInt(s -> s.shape().dim(0)).toArray();
        int longest = longest(lengths);
        int width = sequences.getFirst().shape().dim(1);
        float[] values = new float[lengths.length * longest * width];
        for (int i = 0; i < lengths.length; i++) {
            System.arraycopy(sequences.get(i).toArray(), 0, values, i * longest * width, lengths[i] * width);
        }
        return new Padded(FloatArray.wrap(values, lengths.length, longest, width), mask(lengths));
    }

    private static int longest(int... lengths) {
        return Arrays.stream(lengths).max().orElse(0);
    }
}
