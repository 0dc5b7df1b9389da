package dev.lanewise.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaddedTest {

    @Test
    void fillsUpToTheLongestAndSaysWhere() {
        int[] longest = {4, 5, 6};
        Padded padded = Padded.toLongest(List.of(new int[] {1}, longest, new int[] {2, 3}, new int[0]), 9);
        assertArrayEquals(new int[][] {{1, 9, 9}, {4, 5, 6}, {2, 3, 9}, {9, 9, 9}}, padded.ids());
        assertEquals(FloatArray.of(new float[] {1, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 0}, 4, 3), padded.mask());
        assertEquals(3, padded.length());
        longest[0] = 0;
        assertEquals(4, padded.ids()[1][0]);
    }

    @Test
    void nothingStaysNothing() {
        assertEquals(Shape.of(0, 0), Padded.toLongest(List.of(), 0).mask().shape());
        assertEquals(
                Shape.of(1, 0), Padded.toLongest(List.of(new int[0]), 0).mask().shape());
    }
}
