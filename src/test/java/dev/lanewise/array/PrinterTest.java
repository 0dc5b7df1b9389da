package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrinterTest {

    @Test
    void rowsReadLikeTheTutorials() {
        assertEquals("""
             20.0855  20.0855
             20.0855  20.0855
            [FloatArray of shape 2x2]\
            """, FloatArray.ones(2, 2).add(2).exp().toString());
    }

    @Test
    void columnsAlignAndLeaveRoomForASign() {
        assertEquals(
                """
                 -1.0000  10.5000
                  0.0313   0.0000
                [FloatArray of shape 2x2]\
                """, FloatArray.of(new float[] {-1, 10.5f, .03125f, 0}, 2, 2).toString());
    }

    @Test
    void wholeNumbersHaveNoDecimals() {
        assertEquals("""
            -5 -4 -3
            -2 -1  0
            [FloatArray of shape 2x3]\
            """, FloatArray.arange(6).sub(5).reshape(2, 3).toString());
        assertEquals(
                " 9999999\n[FloatArray of shape 1]", FloatArray.of(9999999f).toString());
    }

    @Test
    void exponentsWhereFourDecimalsSayTooLittle() {
        assertEquals(
                " 1.0000e-06  1.0000e+00\n[FloatArray of shape 2]",
                FloatArray.of(1e-6f, 1).toString());
        assertEquals(
                " 2.5000e-03\n[FloatArray of shape 1]", FloatArray.of(.0025f).toString());
        assertEquals(
                " 1.0000e+09 -5.0000e-01\n[FloatArray of shape 2]",
                FloatArray.of(1e9f, -.5f).toString());
    }

    @Test
    void whatIsNoNumberDoesNotDecideTheFormat() {
        assertEquals(
                " NaN  Inf -Inf    3\n[FloatArray of shape 4]",
                FloatArray.of(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, 3)
                        .toString());
        assertEquals(
                " 0.5000     NaN\n[FloatArray of shape 2]",
                FloatArray.of(.5f, Float.NaN).toString());
    }

    @Test
    void scalarsAndEmptyArrays() {
        assertEquals(
                " 3.2500\n[FloatArray of shape scalar]",
                FloatArray.scalar(3.25f).toString());
        assertEquals("[FloatArray of shape 0x3]", FloatArray.zeros(0, 3).toString());
    }

    @Test
    void higherRanksAreBlocks() {
        assertEquals("""
            (0,.,.) =
             0  1
             2  3

            (1,.,.) =
             4  5
             6  7

            [FloatArray of shape 2x2x2]\
            """, FloatArray.arange(8).reshape(2, 2, 2).toString());
    }

    @Test
    void viewsPrintWhatTheyShow() {
        FloatArray x = FloatArray.arange(12).reshape(3, 4).t().slice(Index.range(1, 4, 2));
        assertEquals(FloatArray.wrap(x.toArray(), x.shape()).toString(), x.toString());
        assertEquals("  1   5   9\n  3   7  11\n[FloatArray of shape 2x3]", x.toString());
    }

    @Test
    void theMiddleIsLeftOutFromAThousandElements() {
        assertFalse(FloatArray.zeros(999).toString().contains("..."));
        assertEquals(
                "   0    1    2  ...  997  998  999\n[FloatArray of shape 1000]",
                FloatArray.arange(1000).toString());
        assertEquals("""
               0    1    2  ...   37   38   39
              40   41   42  ...   77   78   79
              80   81   82  ...  117  118  119
             ...
             880  881  882  ...  917  918  919
             920  921  922  ...  957  958  959
             960  961  962  ...  997  998  999
            [FloatArray of shape 25x40]\
            """, FloatArray.arange(1000).reshape(25, 40).toString());
        String blocks = FloatArray.zeros(10, 10, 10).toString();
        assertTrue(blocks.contains("(2,.,.) =") && blocks.contains("(7,.,.) =") && !blocks.contains("(3,.,.) ="));
    }

    @Test
    void manyShortDimensionsEnd() {
        int[] twos = new int[20];
        Arrays.fill(twos, 2);
        String text = FloatArray.zeros(twos).toString();
        assertTrue(text.length() < 5000);
        assertTrue(text.contains("\n\n...\n\n[FloatArray of shape 2x2x"), "and say so");
    }

    @Test
    void longRowsGoOnInTheNextLine() {
        List<String> lines = FloatArray.arange(200).toString().lines().toList();
        assertEquals("[FloatArray of shape 200]", lines.getLast());
        List<String> rows = lines.subList(0, lines.size() - 1);
        rows.forEach(row -> assertTrue(row.length() <= 100, row));
        List<String> numbers = Pattern.compile("\\d+")
                .matcher(String.join("\n", rows))
                .results()
                .map(MatchResult::group)
                .toList();
        assertEquals(IntStream.range(0, 200).mapToObj(Integer::toString).toList(), numbers);
    }

    @Test
    void theMachinesLanguageHasNoSay() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            assertEquals(" 0.5000\n[FloatArray of shape 1]", FloatArray.of(.5f).toString());
        } finally {
            Locale.setDefault(before);
        }
    }
}
