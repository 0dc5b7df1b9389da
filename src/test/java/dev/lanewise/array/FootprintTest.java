package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FootprintTest {

    private final Footprint footprint = new Footprint();

    @Test
    void itStartsWithNothing() {
        assertEquals(0, footprint.arrays());
        assertEquals(0, footprint.bytes());
    }

    @Test
    void arraysAddUp() {
        footprint.add(FloatArray.ones(2, 3));
        footprint.add(FloatArray.ones(5));
        assertEquals(2, footprint.arrays());
        assertEquals(4 * 11, footprint.bytes());
    }

    @Test
    void sharedStorageIsCountedOnceAndWhole() {
        FloatArray whole = FloatArray.ones(2, 3);
        footprint.add(whole.slice(Index.at(0), Index.range(1, 2)));
        assertEquals(4 * 6, footprint.bytes());
        footprint.add(whole);
        footprint.add(whole.t());
        footprint.add(whole.expand(7, 2, 3));
        assertEquals(1, footprint.arrays());
        assertEquals(4 * 6, footprint.bytes());
    }

    @Test
    void equalArraysAreNotTheSameStorage() {
        footprint.add(FloatArray.ones(3));
        footprint.add(FloatArray.ones(3));
        assertEquals(2, footprint.arrays());
    }
}
