package dev.lanewise.io;

import static dev.lanewise.io.Refusals.LIMITS;
import static dev.lanewise.io.Refusals.NAME;
import static dev.lanewise.io.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.FloatArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NpyTest {

    @TempDir
    Path directory;

    /** The header of version 1.0, up to the elements. */
    private static Bytes header(String dictionary) {
        return Bytes.little()
                .bytes(0x93)
                .text("NUMPY")
                .bytes(1, 0)
                .shorts(Bytes.little().text(dictionary).size())
                .text(dictionary);
    }

    private static String dictionary(String descr, String fortran, String shape) {
        return "{'descr': '" + descr + "', 'fortran_order': " + fortran + ", 'shape': " + shape + ", }\n";
    }

    private static FloatArray read(byte[] file) throws IOException {
        return Npy.read(file, NAME, LIMITS);
    }

    @Test
    void readsBytesWrittenOutByHand() throws IOException {
        assertEquals(
                FloatArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
                read(header(dictionary("<f4", "False", "(2, 3)"))
                        .floats(1, 2, 3, 4, 5, 6)
                        .toArray()));
        assertEquals(
                FloatArray.of(new float[] {1, 3, 5, 2, 4, 6}, 2, 3),
                read(header(dictionary("<f4", "True", "(2, 3)"))
                        .floats(1, 2, 3, 4, 5, 6)
                        .toArray()));
        assertEquals(
                FloatArray.scalar(258),
                read(header("{\"shape\":(),\"fortran_order\":False,\"descr\":\">u2\"}")
                        .bytes(1, 2)
                        .toArray()));
        // As Python 2 wrote it.
        assertEquals(
                FloatArray.of(0, 1),
                read(header(dictionary("|b1", "False", "(2L,)")).bytes(0, 1).toArray()));
        assertEquals(
                FloatArray.zeros(3, 0),
                read(header(dictionary("<f8", "True", "(3, 0, )")).toArray()));
    }

    @Test
    void writesBytesAsTheyStandByHand() throws IOException {
        Path path = directory.resolve("a.npy");
        Npy.write(path, FloatArray.of(new float[] {1, 2, 3, 4}, 2, 2).transpose());
        String text = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }";
        assertArrayEquals(
                Bytes.little()
                        .bytes(0x93)
                        .text("NUMPY")
                        .bytes(1, 0)
                        .shorts(118)
                        .text(text + " ".repeat(117 - text.length()) + "\n")
                        .floats(1, 3, 2, 4)
                        .toArray(),
                Files.readAllBytes(path));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadBackBitByBit(@ForAll("arrays") FloatArray array) throws IOException {
        Path path = Files.createTempFile("lanewise", ".npy");
        try {
            Npy.write(path, array);
            FloatArray read = Npy.read(path);
            assertEquals(array, read);
            assertEquals(Samples.bits(array), Samples.bits(read));
        } finally {
            Files.delete(path);
        }
    }

    @Provide
    Arbitrary<FloatArray> arrays() {
        return Samples.arrays();
    }

    @Test
    void everythingBehindALimitIsRefused() throws IOException {
        byte[] file =
                header(dictionary("<f2", "True", "(2, 3)")).bytes(new int[12]).toArray();
        int data = file.length - 12;
        // Turning an array takes a second one.
        assertRefused(
                data,
                "this needs 48 bytes of heap, and 47 are allowed",
                () -> Npy.read(file, NAME, LIMITS.withArrayBytes(47)));
        assertEquals(FloatArray.zeros(2, 3), Npy.read(file, NAME, LIMITS.withArrayBytes(48)));
    }

    @Test
    void arraysOfTooManyDimensionsAreNotWritten() {
        int[] deep = new int[65];
        Arrays.fill(deep, 1);
        Path path = directory.resolve("deep.npy");
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Npy.write(path, FloatArray.ones(deep)));
        assertEquals("write: " + "1x".repeat(64) + "1 has 65 dimensions, more than 64", e.getMessage());
    }

    // ---- refusals

    @Test
    void filesThatAreNotNpy() {
        for (int size = 0; size < 6; size++) {
            byte[] file = Arrays.copyOf(header("").toArray(), size);
            assertRefused(0, "the file ends here: 6 bytes should follow, not " + size, () -> read(file));
        }
        byte[] file = Bytes.little().bytes(0x92).text("NUMPY").bytes(1, 0).toArray();
        assertRefused(0, "this is no .npy data: it does not start with \\x93NUMPY", () -> read(file));
    }

    @Test
    void versionsAndLengths() {
        for (int[] version : new int[][] {{0, 0}, {4, 0}, {1, 1}, {255, 0}}) {
            byte[] file = Bytes.little()
                    .bytes(0x93)
                    .text("NUMPY")
                    .bytes(version)
                    .bytes(0, 0)
                    .toArray();
            assertRefused(
                    6, "version " + version[0] + "." + version[1] + " is none of 1.0, 2.0 and 3.0", () -> read(file));
        }
        byte[] later = Bytes.little().bytes(0x93).text("NUMPY").bytes(2, 0).toArray();
        for (long length : new long[] {65536, 1L << 31, (1L << 32) - 1}) {
            byte[] file = Bytes.little().raw(later).ints(length).toArray();
            assertRefused(8, "a header of " + length + " bytes is longer than 65535", () -> read(file));
        }
        byte[] cut = Bytes.little().raw(later).ints(65535).bytes(0).toArray();
        assertRefused(12, "the file ends here: 65535 bytes should follow, not 1", () -> read(cut));
        byte[] none = Bytes.little().raw(later).bytes(0, 0).toArray();
        assertRefused(8, "the file ends here: 4 bytes should follow, not 2", () -> read(none));
    }

    /** Dictionary, index at which it is wrong, and what is. */
    static List<Arguments> wrongHeaders() {
        return List.of(
                Arguments.of("", 0, "'{' should stand here, not the end of the header"),
                Arguments.of("[]", 0, "'{' should stand here, not '['"),
                Arguments.of("{}", 0, "the entry descr is missing"),
                Arguments.of("{'descr':'<f4'}", 0, "the entry fortran_order is missing"),
                Arguments.of("{'descr':'<f4','fortran_order':True}", 0, "the entry shape is missing"),
                Arguments.of("{'descr':'<f4','descr':'<f4'}", 15, "the entry descr stands twice"),
                Arguments.of("{'shape':(),'shape':()}", 12, "the entry shape stands twice"),
                Arguments.of("{'fortran_order':True,'fortran_order':True}", 22, "the entry fortran_order stands twice"),
                Arguments.of("{'strides':()}", 1, "there is no entry \"strides\""),
                Arguments.of("{descr", 1, "a string should stand here, not 'd'"),
                Arguments.of("{'descr", 1, "a string that does not end"),
                Arguments.of("{'descr\"", 1, "a string that does not end"),
                Arguments.of("{'descr' '<f4'}", 9, "':' should stand here, not '''"),
                Arguments.of("{'descr':'<f4' 'shape'", 15, "'}' should stand here, not '''"),
                Arguments.of("{'descr':'<f4',,}", 15, "a string should stand here, not ','"),
                Arguments.of("{'fortran_order':true}", 17, "True or False should stand here, not 't'"),
                Arguments.of("{'fortran_order':Tru", 17, "True or False should stand here, not 'T'"),
                Arguments.of("{'fortran_order':1}", 17, "True or False should stand here, not '1'"),
                Arguments.of("{'shape':[2]}", 9, "'(' should stand here, not '['"),
                Arguments.of("{'shape':2}", 9, "'(' should stand here, not '2'"),
                Arguments.of("{'shape':(2)}", 9, "a number in parentheses, not a tuple: a ',' is missing"),
                Arguments.of("{'shape':(2 3)}", 12, "',' or ')' should stand here, not '3'"),
                Arguments.of("{'shape':(,)}", 10, "a whole number from 0 on should stand here, not ','"),
                Arguments.of("{'shape':(-1,)}", 10, "a whole number from 0 on should stand here, not '-'"),
                Arguments.of("{'shape':(2.5,)}", 11, "',' or ')' should stand here, not '.'"),
                Arguments.of("{'shape':(07,)}", 10, "a number with a leading zero"),
                Arguments.of("{'shape':(1234567890123456789,)}", 10, "a number of more than 18 digits"),
                Arguments.of("{'shape':(" + "1,".repeat(65) + ")}", 9, "more than 64 dimensions"),
                Arguments.of("{'descr':[('x','<f4')]}", 9, "records of several fields are not read"),
                Arguments.of(dictionary("<f4", "False", "()") + "x", 56, "nothing should stand here, not 'x'"));
    }

    @ParameterizedTest
    @MethodSource
    void wrongHeaders(String dictionary, int index, String problem) {
        byte[] file = header(dictionary).bytes(new int[100]).toArray();
        assertRefused(10 + index, "in the header: " + problem, () -> read(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "<", "f4", "=f4", "|f4", "<f16", "<c8", "<V2", "|O", "<M8[ns]", "<U3", "|S1", "<f4 ", "?", "<i3",
                "<b4"
            })
    void elementTypesThatAreNotRead(String descr) {
        byte[] file =
                header(dictionary(descr, "False", "(1,)")).bytes(new int[64]).toArray();
        assertRefused(
                20,
                "in the header: descr \"" + descr
                        + "\" is none of those read: < or > and one of f2 f4 f8, i1 i2 i4 i8, u1 u2 u4 u8, b1",
                () -> read(file));
    }

    @Test
    void shapesThatNoArrayHas() {
        byte[] file = header(dictionary("|u1", "False", "(65536, 65536)")).toArray();
        assertRefused(60, "shape 65536x65536 has more than 2147483639 elements", () -> read(file));
        byte[] long18 =
                header(dictionary("|u1", "False", "(999999999999999999,)")).toArray();
        assertRefused(
                60, "a dimension of length 999999999999999999 is not between 0 and 2147483639", () -> read(long18));
    }

    @Test
    void filesLongerOrShorterThanTheirHeaderSays() {
        byte[] good =
                header(dictionary("<i2", "False", "(2, 3)")).bytes(new int[12]).toArray();
        int data = good.length - 12;
        for (int length : new int[] {0, 1, 11, 13}) {
            byte[] file = Arrays.copyOf(good, data + length);
            assertRefused(data, "shape 2x3 of I16 takes 12 bytes, but " + length + " follow", () -> read(file));
        }
        byte[] huge = header(dictionary("<f4", "True", "(2147483639,)"))
                .bytes(1, 2, 3)
                .toArray();
        assertRefused(
                huge.length - 3, "shape 2147483639 of F32 takes 8589934556 bytes, but 3 follow", () -> read(huge));
    }

    @Test
    void integersThatNoFloatIs() {
        byte[] head = header(dictionary(">i8", "True", "(2, 20000)")).toArray();
        // Beyond the first chunk, where offsets could be counted from the wrong place.
        long[] elements = new long[40_000];
        elements[39_999] = (1L << 24) + 1;
        byte[] file = Bytes.big().raw(head).longs(elements).toArray();
        assertRefused(head.length + 39_999 * 8, "no float32 is the integer 16777217", () -> read(file));
    }
}
