package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DatasetTest {

    private final Dataset<String> letters = Dataset.of(List.of("a", "b", "c"));

    static <T> List<T> all(Dataset<T> dataset) {
        List<T> examples = new ArrayList<>();
        for (int i = 0; i < dataset.size(); i++) {
            examples.add(dataset.get(i));
        }
        return examples;
    }

    @Test
    void holdsACopyOfAList() {
        List<String> list = new ArrayList<>(List.of("a", "b"));
        Dataset<String> dataset = Dataset.of(list);
        list.set(0, "z");
        assertEquals(List.of("a", "b"), all(dataset));
        assertThrows(IndexOutOfBoundsException.class, () -> dataset.get(2));
    }

    @Test
    void mapsEachExampleWhenItIsAskedFor() {
        List<String> asked = new ArrayList<>();
        Dataset<Integer> mapped = letters.map(letter -> {
            asked.add(letter);
            return letter.charAt(0) - 'a';
        });
        assertEquals(List.of(), asked);
        assertEquals(2, mapped.get(2));
        assertEquals(List.of("c"), asked);
        assertEquals(3, mapped.size());
    }

    @Test
    void aSubsetHasTheChosenOnesInTheirOrder() {
        int[] chosen = {2, 0, 2};
        Dataset<String> subset = letters.subset(chosen);
        chosen[0] = 1;
        assertEquals(List.of("c", "a", "c"), all(subset));
        assertEquals(List.of("a"), all(subset.subset(1)));
        assertThrows(IndexOutOfBoundsException.class, () -> letters.subset(3));
        assertThrows(IndexOutOfBoundsException.class, () -> letters.subset(-1));
    }
}
