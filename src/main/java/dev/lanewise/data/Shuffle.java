package dev.lanewise.data;

import java.util.SplittableRandom;

/** Orders by chance that depend on a seed and a number alone. */
final class Shuffle {

    private Shuffle() {}

    /** The numbers below {@code size} in an order of their own for each seed and number. */
    static int[] order(int size, long seed, long number) {
        // Hashed twice, so that neighbouring seeds and numbers have nothing in common.
        SplittableRandom random = new SplittableRandom(new SplittableRandom(seed).nextLong() + number);
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            // Durstenfeld's shuffle (CACM 7, 1964) from the inside out. The place among the first i + 1 is taken from
            // the upper half of the bits by multiplication, not from nextInt, whose way of drawing is not specified.
            int place = (int) ((random.nextLong() >>> 32) * (i + 1) >>> 32);
            order[i] = order[place];
            order[place] = i;
        }
        return order;
    }
}
