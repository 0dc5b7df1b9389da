package dev.lanewise.array;

import static dev.lanewise.array.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ShapeTest {

    private static final Shape S234 = Shape.of(2, 3, 4);

    @Test
    void hasLengths() {
        assertEquals(3, S234.rank());
        assertEquals(24, S234.size());
        assertEquals(2, S234.dim(0));
        assertEquals(4, S234.dim(-1));
        assertArrayEquals(new int[] {2, 3, 4}, S234.dims());
        assertEquals("2x3x4", S234.toString());
        assertEquals(2, S234.axis(-1));
    }

    @Test
    void scalarHasOneElement() {
        assertEquals(Shape.scalar(), Shape.of());
        assertEquals(0, Shape.scalar().rank());
        assertEquals(1, Shape.scalar().size());
        assertEquals("scalar", Shape.scalar().toString());
    }

    @Test
    void isAValueThatNobodyCanChange() {
        int[] dims = {2, 3, 4};
        Shape shape = Shape.of(dims);
        dims[0] = 9;
        shape.dims()[1] = 9;
        assertEquals(S234, shape);
        assertEquals(S234.hashCode(), shape.hashCode());
        assertNotEquals(S234, Shape.of(2, 12));
        assertNotEquals(S234, Shape.of(2, 3));
    }

    @Test
    void mayBeEmptyButNotNegativeOrTooLarge() {
        assertEquals(0, Shape.of(2, 0, 3).size());
        assertEquals(0, Shape.of(100_000, 100_000, 0).size());
        assertEquals(Integer.MAX_VALUE, Shape.of(Integer.MAX_VALUE).size());
        assertRefused("shape 2x-3: length -3 is negative", () -> Shape.of(2, -3));
        assertRefused(
                "shape 65536x32768 has more elements than an array can hold, 2147483647", () -> Shape.of(65536, 32768));
        assertRefused(
                "shape 65536x65536x65536x65536 has more elements than an array can hold, 2147483647",
                () -> Shape.of(65536, 65536, 65536, 65536));
    }

    @Test
    void refusesAxesThatDoNotExist() {
        assertRefused("axis: axis 3 is out of range for 2x3x4, of rank 3", () -> S234.dim(3));
        assertRefused("axis: axis -4 is out of range for 2x3x4, of rank 3", () -> S234.axis(-4));
        assertRefused(
                "axis: axis 0 is out of range for scalar, of rank 0",
                () -> Shape.scalar().axis(0));
    }

    @Test
    void broadcasts() {
        assertEquals(S234, S234.broadcast(Shape.of(3, 1)));
        assertEquals(S234, Shape.of(4).broadcast(Shape.of(2, 3, 1)));
        assertEquals(S234, Shape.scalar().broadcast(S234));
        assertEquals(Shape.of(0, 3), Shape.of(1, 3).broadcast(Shape.of(0, 1)));
        assertRefused(
                "broadcast: 2x3x4 and 2x4 do not broadcast: lengths 3 and 2 differ",
                () -> S234.broadcast(Shape.of(2, 4)));
        assertRefused(
                "broadcast: 0 and 2 do not broadcast: lengths 0 and 2 differ",
                () -> Shape.of(0).broadcast(Shape.of(2)));
    }

    @Test
    void expands() {
        assertTrue(Shape.of(3, 1).expandsTo(S234));
        assertTrue(Shape.scalar().expandsTo(Shape.of(0)));
        assertFalse(S234.expandsTo(Shape.of(3, 4)));
        assertFalse(Shape.of(2).expandsTo(S234));
    }

    @Test
    void resolvesOneOpenLength() {
        assertEquals(Shape.of(6, 4), S234.resolve(-1, 4));
        assertEquals(Shape.of(0), Shape.of(0, 3).resolve(-1));
        assertEquals(Shape.of(3, 0), Shape.of(0, 3).resolve(3, -1));
        assertEquals(Shape.scalar(), Shape.of(1, 1).resolve());
        assertRefused("reshape: 2x3x4 to -1x-1: -1 stands twice", () -> S234.resolve(-1, -1));
        assertRefused("reshape: 2x3x4 to -2x4: length -2 is negative", () -> S234.resolve(-2, 4));
        assertRefused("reshape: 2x3x4 to 5x-1: 24 elements do not fit", () -> S234.resolve(5, -1));
        assertRefused("reshape: 2x3x4 to 5x5: 24 elements do not fit", () -> S234.resolve(5, 5));
        assertRefused("reshape: 2x3x4 to scalar: 24 elements do not fit", () -> S234.resolve());
        assertRefused(
                "reshape: 0x3 to 0x-1: any length would do for -1, so none is chosen",
                () -> Shape.of(0, 3).resolve(0, -1));
        // Products that wrap round: 2^32 and 2^64 to 0, 2^32 + 24 to 24.
        assertRefused(
                "reshape: 0 to 65536x65536x65536x65536: 0 elements do not fit",
                () -> Shape.of(0).resolve(65536, 65536, 65536, 65536));
        assertRefused(
                "reshape: 0 to 65536x65536: 0 elements do not fit",
                () -> Shape.of(0).resolve(65536, 65536));
        assertRefused(
                "reshape: 24 to 8x536870915: 24 elements do not fit",
                () -> Shape.of(24).resolve(8, 536870915));
    }

    @Test
    void squeezesAndUnsqueezes() {
        Shape thin = Shape.of(1, 3, 1, 4);
        assertEquals(Shape.of(3, 4), thin.squeeze());
        assertEquals(Shape.of(3, 1, 4), thin.squeeze(0));
        assertEquals(Shape.of(3, 4), thin.squeeze(-2, 0));
        assertEquals(Shape.of(1, 3), Shape.of(3).unsqueeze(0));
        assertEquals(Shape.of(3, 1), Shape.of(3).unsqueeze(-1));
        assertEquals(Shape.of(1), Shape.scalar().unsqueeze(0));
        assertRefused("squeeze: axis 1 of 1x3x1x4 has length 3, not 1", () -> thin.squeeze(0, 1));
        assertRefused("squeeze: axis 0 of 1x3x1x4 is named twice", () -> thin.squeeze(0, -4));
        assertRefused(
                "unsqueeze: axis 2 is out of range for 3, whose result has rank 2",
                () -> Shape.of(3).unsqueeze(2));
    }

    @Test
    void reduces() {
        assertEquals(Shape.of(3), S234.reduce(false, 0, -1));
        assertEquals(Shape.of(1, 3, 1), S234.reduce(true, 0, -1));
        assertEquals(Shape.scalar(), S234.reduce(false));
        assertEquals(Shape.of(1, 1, 1), S234.reduce(true));
        assertEquals(Shape.scalar(), Shape.scalar().reduce(true));
        assertEquals(8, S234.countOver(0, 2));
        assertEquals(24, S234.countOver());
        assertEquals(0, Shape.of(0, 3).countOver(0));
        assertRefused("reduce: axis 2 of 2x3x4 is named twice", () -> S234.reduce(false, 2, -1));
    }
}
