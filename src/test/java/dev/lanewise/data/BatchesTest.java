package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private static Dataset<Integer> numbers(int count) {
        return Dataset.of(IntStream.range(0, count).boxed().toList());
    }

    private static List<List<Integer>> epoch(Batches<Integer> batches, long number) {
        List<List<Integer>> all = new ArrayList<>();
        batches.epoch(number).forEach(all::add);
        return all;
    }

    private static List<Integer> flat(List<List<Integer>> batches) {
        return batches.stream().flatMap(List::stream).toList();
    }

    @Test
    void aBatchAfterTheOtherInOrder() {
        Batches<Integer> batches = Batches.of(numbers(7), 3);
        assertEquals(List.of(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6)), epoch(batches, 0));
        assertEquals(3, batches.count());
        assertEquals(List.of(List.of(0, 1, 2), List.of(3, 4, 5)), epoch(batches.onlyWhole(), 0));
        assertEquals(2, batches.onlyWhole().count());
        assertEquals(List.of(), epoch(Batches.of(numbers(0), 3), 0));
        assertEquals(List.of(), epoch(Batches.of(numbers(2), 3).onlyWhole(), 0));
    }

    @Test
    void everyEpochHasEveryExampleOnceInAnOrderOfItsOwn() {
        Batches<Integer> batches = Batches.of(numbers(50), 8).shuffled(3);
        Set<List<Integer>> orders = new HashSet<>();
        for (int number = 0; number < 5; number++) {
            List<Integer> order = flat(epoch(batches, number));
            assertEquals(numbers(50).size(), new HashSet<>(order).size());
            orders.add(order);
        }
        assertEquals(5, orders.size());
    }

    @Test
    void theOrderDependsOnSeedAndEpochAlone() {
        Batches<Integer> batches = Batches.of(numbers(50), 8).shuffled(3);
        List<List<Integer>> third = epoch(batches, 3);
        assertEquals(third, epoch(Batches.of(numbers(50), 8).shuffled(3), 3));
        assertEquals(flat(third), flat(epoch(Batches.of(numbers(50), 5).shuffled(3), 3)));
        assertNotEquals(third, epoch(batches.shuffled(4), 3));
        // The order of a seed and an epoch, written down, so that it stays what it is.
        assertEquals(EXPECTED, flat(epoch(Batches.of(numbers(10), 3).shuffled(1), 2)));
    }

    private static final List<Integer> EXPECTED = List.of(9, 1, 3, 6, 7, 8, 0, 4, 2, 5);

    @Test
    void everyPlaceIsAsLikely() {
        int[][] counts = new int[6][6];
        Batches<Integer> batches = Batches.of(numbers(6), 6).shuffled(1);
        int epochs = 6_000;
        for (int number = 0; number < epochs; number++) {
            List<Integer> order = epoch(batches, number).getFirst();
            for (int place = 0; place < 6; place++) {
                counts[place][order.get(place)]++;
            }
        }
        // 1,000 each, give or take 29; 5 of those are allowed.
        for (int[] row : counts) {
            for (int count : row) {
                assertEquals(1_000, count, 145);
            }
        }
    }

    @Test
    void endsAsIteratorsDo() {
        Iterator<List<Integer>> epoch = Batches.of(numbers(2), 2).epoch(0).iterator();
        epoch.next();
        assertEquals(
                "batches: an epoch has 1",
                assertThrows(NoSuchElementException.class, epoch::next).getMessage());
        assertEquals(
                "batches: a batch of 0 examples",
                assertThrows(IllegalArgumentException.class, () -> Batches.of(numbers(2), 0))
                        .getMessage());
    }
}
