package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitTest {

    private static Dataset<Integer> numbers(int count) {
        return Dataset.of(IntStream.range(0, count).boxed().toList());
    }

    private static List<Integer> sizes(Split<?> split) {
        return List.of(
                split.train().size(), split.validation().size(), split.test().size());
    }

    @Property(tries = 200)
    void partsAreDisjointAndLeaveNothingOut(
            @ForAll @IntRange(max = 60) int size,
            @ForAll @DoubleRange(max = 0.5) double validation,
            @ForAll @DoubleRange(max = 0.5) double test,
            @ForAll @IntRange(min = 1, max = 7) int labels,
            @ForAll long seed) {
        Split<Integer> stratified = Split.stratified(numbers(size), validation, test, seed, i -> i % labels);
        for (Split<Integer> split : List.of(Split.random(numbers(size), validation, test, seed), stratified)) {
            List<Integer> together = new ArrayList<>();
            for (Dataset<Integer> part : List.of(split.train(), split.validation(), split.test())) {
                List<Integer> examples = DatasetTest.all(part);
                assertEquals(examples.stream().sorted().toList(), examples); // each keeps its order
                together.addAll(examples);
            }
            assertEquals(
                    DatasetTest.all(numbers(size)), together.stream().sorted().toList());
            long held = Math.round(size * test);
            assertEquals(held, split.test().size());
            assertEquals(
                    Math.min(size - held, Math.round(size * validation)),
                    split.validation().size());
        }
        for (int label = 0; label < labels; label++) {
            double share = count(numbers(size), labels, label) / Math.max(1, size);
            assertEquals(share * stratified.test().size(), count(stratified.test(), labels, label), 1);
            assertEquals(share * stratified.validation().size(), count(stratified.validation(), labels, label), 2);
        }
    }

    private static double count(Dataset<Integer> part, int labels, int label) {
        return DatasetTest.all(part).stream().filter(i -> i % labels == label).count();
    }

    @Test
    void theSameSeedGivesTheSameParts() {
        Split<Integer> split = Split.random(numbers(100), 0.2, 0.3, 5);
        assertEquals(List.of(50, 20, 30), sizes(split));
        assertEquals(
                DatasetTest.all(split.test()),
                DatasetTest.all(Split.random(numbers(100), 0.2, 0.3, 5).test()));
        assertNotEquals(
                DatasetTest.all(split.test()),
                DatasetTest.all(Split.random(numbers(100), 0.2, 0.3, 6).test()));
    }

    @Test
    void everyLabelHasItsShareInEveryPart() {
        // 900 of one label, 90 of the second and 10 of the third, in no order.
        List<Integer> labels = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            labels.add(i < 900 ? 0 : i < 990 ? 1 : 2);
        }
        Collections.shuffle(labels, new Random(1));
        Split<Integer> split = Split.stratified(Dataset.of(labels), 0.1, 0.2, 3, label -> label);
        assertEquals(List.of(700, 100, 200), sizes(split));
        assertEquals(List.of(630, 63, 7), counts(split.train()));
        assertEquals(List.of(90, 9, 1), counts(split.validation()));
        assertEquals(List.of(180, 18, 2), counts(split.test()));
    }

    private static List<Integer> counts(Dataset<Integer> part) {
        int[] counts = new int[3];
        DatasetTest.all(part).forEach(label -> counts[label]++);
        return IntStream.of(counts).boxed().toList();
    }

    @Test
    void everythingMayGoIntoOnePart() {
        assertEquals(List.of(0, 0, 9), sizes(Split.random(numbers(9), 0, 1, 1)));
        assertEquals(List.of(0, 9, 0), sizes(Split.random(numbers(9), 1, 0, 1)));
        assertEquals(List.of(9, 0, 0), sizes(Split.random(numbers(9), 0, 0, 1)));
    }

    @Test
    void onlyLabelsNeedExamples() {
        List<Integer> made = new ArrayList<>();
        Dataset<Integer> dataset = numbers(9).map(i -> {
            made.add(i);
            return i;
        });
        assertEquals(List.of(3, 3, 3), sizes(Split.random(dataset, 1.0 / 3, 1.0 / 3, 1)));
        assertEquals(List.of(), made);
        Split.stratified(dataset, 1.0 / 3, 1.0 / 3, 1, i -> i % 3);
        assertEquals(DatasetTest.all(numbers(9)), made.stream().sorted().toList());
    }

    @Test
    void sharesThatDoNotAddUpAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> Split.random(numbers(9), 0.6, 0.5, 1))
                .getMessage();
        assertTrue(message.startsWith("split: shares of 0.6 for validation and 0.5 for testing"), message);
        assertThrows(IllegalArgumentException.class, () -> Split.random(numbers(9), -0.1, 0.5, 1));
        assertThrows(IllegalArgumentException.class, () -> Split.random(numbers(9), 0.1, Double.NaN, 1));
    }
}
