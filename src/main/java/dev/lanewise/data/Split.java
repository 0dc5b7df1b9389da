package dev.lanewise.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * A dataset in three parts that have no example in common and leave none out. Within each, examples keep their order.
 *
 * @param train what to learn from
 * @param validation what to decide by while learning: when to stop, which settings
 * @param test what to look at once, at the end
 * @param <T> an example
 */
public record Split<T>(Dataset<T> train, Dataset<T> validation, Dataset<T> test) {

    private static final int TRAIN = 0;
    private static final int VALIDATION = 1;
    private static final int TEST = 2;

    /**
     * Parts by chance, the same for the same seed. No example is made for it.
     *
     * @param validation the share of the second part, from 0 to 1
     * @param test the share of the third part, from 0 to 1
     * @throws IllegalArgumentException for shares below 0, or above 1 together
     */
    public static <T> Split<T> random(Dataset<T> dataset, double validation, double test, long seed) {
        return parts(dataset, validation, test, seed, number -> "");
    }

    /**
     * Parts by chance in which each label has the share that it has in the whole, to less than two examples.
     *
     * @param validation the share of the second part, from 0 to 1
     * @param test the share of the third part, from 0 to 1
     * @param label what an example is to be counted as, asked once for each
     * @throws IllegalArgumentException for shares below 0, or above 1 together
     */
    public static <T> Split<T> stratified(
            Dataset<T> dataset, double validation, double test, long seed, Function<? super T, ?> label) {
        return parts(dataset, validation, test, seed, number -> label.apply(dataset.get(number)));
    }

    private static <T> Split<T> parts(
            Dataset<T> dataset, double validation, double test, long seed, IntFunction<?> label) {
        if (!(validation >= 0 && test >= 0 && validation + test <= 1)) {
            throw new IllegalArgumentException("split: shares of " + validation + " for validation and " + test
                    + " for testing; they are not negative, and 1 at most together");
        }
        Map<Object, List<Integer>> byLabel = new LinkedHashMap<>();
        for (int number : Shuffle.order(dataset.size(), seed, 0)) {
            byLabel.computeIfAbsent(label.apply(number), key -> new ArrayList<>())
                    .add(number);
        }
        int size = dataset.size();
        int held = (int) Math.round(size * test);
        int left = size - held;
        int decided = (int) Math.min(left, Math.round(size * validation));
        // One label after the other, some are taken out at equal distances: evenly over all, and so over each label.
        int[] part = new int[size];
        int seen = 0;
        int seenOfLeft = 0;
        for (List<Integer> numbers : byLabel.values()) {
            for (int number : numbers) {
                if (isTaken(seen++, held, size)) {
                    part[number] = TEST;
                } else if (isTaken(seenOfLeft++, decided, left)) {
                    part[number] = VALIDATION;
                }
            }
        }
        return new Split<>(part(dataset, part, TRAIN), part(dataset, part, VALIDATION), part(dataset, part, TEST));
    }

    /** Whether the one at this place is among the {@code chosen} that are taken out of {@code all} at equal distances. */
    private static boolean isTaken(int place, int chosen, int all) {
        return (place + 1L) * chosen / all > (long) place * chosen / all;
    }

    private static <T> Dataset<T> part(Dataset<T> dataset, int[] part, int wanted) {
        int[] numbers = new int[part.length];
        int count = 0;
        for (int i = 0; i < part.length; i++) {
            if (part[i] == wanted) {
                numbers[count++] = i;
            }
        }
        return dataset.subset(Arrays.copyOf(numbers, count));
    }
}
