package dev.lanewise.io;

import static dev.lanewise.io.Refusals.LIMITS;
import static dev.lanewise.io.Refusals.NAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.FloatArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Archives written out by hand, as they should be and as they should not. */
class ZipDirectoryTest {

    private static final FloatArray ARRAY = FloatArray.of(1, 2, 3);

    /** 128 bytes of header and 12 of elements. */
    private static final byte[] NPY =
            Bytes.little().raw(Npy.header(ARRAY.shape())).floats(1, 2, 3).toArray();

    private static final int LOCAL = 30;
    private static final int CENTRAL = 46;

    /** Where things of {@link #archive} are. */
    private static final int DATA = LOCAL + 5;

    private static final int DIRECTORY = DATA + NPY.length;
    private static final int END = DIRECTORY + CENTRAL + 5;

    private static int crc(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static Bytes local(String name, int method, byte[] data, byte[] unpacked) {
        return Bytes.little()
                .ints(0x04034b50)
                .shorts(20, 0, method, 0, 0x21)
                .ints(crc(unpacked), data.length, unpacked.length)
                .shorts(name.length(), 0)
                .text(name)
                .raw(data);
    }

    private static Bytes central(String name, int method, byte[] data, byte[] unpacked, long at) {
        return Bytes.little()
                .ints(0x02014b50)
                .shorts(20, 20, 0, method, 0, 0x21)
                .ints(crc(unpacked), data.length, unpacked.length)
                .shorts(name.length(), 0, 0, 0, 0)
                .ints(0, at)
                .text(name);
    }

    private static Bytes end(int count, long size, long at) {
        return Bytes.little()
                .ints(0x06054b50)
                .shorts(0, 0, count, count)
                .ints(size, at)
                .shorts(0);
    }

    /** One stored entry, {@code a.npy}. */
    private static byte[] archive() {
        return Bytes.little()
                .raw(local("a.npy", 0, NPY, NPY).toArray())
                .raw(central("a.npy", 0, NPY, NPY, 0).toArray())
                .raw(end(1, END - DIRECTORY, DIRECTORY).toArray())
                .toArray();
    }

    /** One deflated entry, {@code a.npy}, of the given packed bytes. */
    private static byte[] deflated(byte[] packed, byte[] unpacked) {
        Bytes entry = local("a.npy", 8, packed, unpacked);
        return Bytes.little()
                .raw(entry.toArray())
                .raw(central("a.npy", 8, packed, unpacked, 0).toArray())
                .raw(end(1, CENTRAL + 5, entry.size()).toArray())
                .toArray();
    }

    private static byte[] deflate(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 12];
        try (Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true)) {
            deflater.setInput(bytes);
            deflater.finish();
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
        }
        return out.toByteArray();
    }

    private static byte[] patched(byte[] file, int at, int... bytes) {
        byte[] result = file.clone();
        for (int i = 0; i < bytes.length; i++) {
            result[at + i] = (byte) bytes[i];
        }
        return result;
    }

    private static FloatArray read(byte[] file) throws IOException {
        try (Npz npz = Npz.open(file, NAME, LIMITS)) {
            return npz.read(npz.names().getFirst());
        }
    }

    private static void assertRefused(long offset, String problem, byte[] file) {
        Refusals.assertRefused(offset, problem, () -> read(file));
    }

    private static void assertEntryRefused(long offset, String problem, byte[] file) {
        Refusals.assertRefused(NAME + "!a.npy", offset, problem, () -> read(file));
    }

    @Test
    void readsArchivesWrittenOutByHand() throws IOException {
        assertEquals(ARRAY, read(archive()));
        assertEquals(ARRAY, read(deflated(deflate(NPY), NPY)));
        byte[] comment = Bytes.little()
                .raw(Arrays.copyOf(archive(), archive().length - 2))
                .shorts(6)
                .text("PK\5\6!!")
                .toArray();
        assertEquals(ARRAY, read(comment));
        byte[] none = end(0, 0, 0).toArray();
        try (Npz npz = Npz.open(none, NAME, LIMITS)) {
            assertEquals(List.of(), npz.names());
        }
    }

    /** All numbers in ZIP64 fields, which only entries beyond 4 GB need. */
    private static byte[] zip64() {
        byte[] directory = Bytes.little()
                .ints(0x02014b50)
                .shorts(45, 45, 0, 0, 0, 0x21)
                .ints(crc(NPY), -1, -1)
                .shorts(5, 4 + 1 + 4 + 24, 0, 0, 0)
                .ints(0, -1)
                .text("a.npy")
                .shorts(0x7777, 1)
                .bytes(9)
                .shorts(1, 24)
                .longs(NPY.length, NPY.length, 0)
                .toArray();
        return Bytes.little()
                .raw(local("a.npy", 0, NPY, NPY).toArray())
                .raw(directory)
                .ints(0x06064b50)
                .longs(44)
                .shorts(45, 45)
                .ints(0, 0)
                .longs(1, 1, directory.length, DIRECTORY)
                .ints(0x07064b50, 0)
                .longs(DIRECTORY + directory.length)
                .ints(1)
                .raw(end(0xFFFF, -1, -1).toArray())
                .toArray();
    }

    @Test
    void readsZip64() throws IOException {
        assertEquals(ARRAY, read(zip64()));
    }

    @Test
    void zip64ThatDisagrees() {
        byte[] good = zip64();
        int end = good.length - 22;
        int locator = end - 20;
        int end64 = locator - 56;
        String disagree = "the ZIP64 end record and the older one disagree";
        assertRefused(end64, "there is no ZIP64 end record here", patched(good, end64, 0));
        assertRefused(locator, "the ZIP64 end record is not before this", patched(good, locator + 8, locator - 55));
        assertRefused(locator, "the ZIP64 end record is not before this", patched(good, locator + 15, 0x80));
        assertRefused(end64, disagree, patched(good, end64 + 16, 1));
        assertRefused(end64, disagree, patched(good, end64 + 20, 1));
        assertRefused(end64, disagree, patched(good, end64 + 24, 2));
        assertRefused(end64, disagree, patched(good, end + 10, 2, 0));
        assertRefused(end64, disagree, patched(good, end + 12, 2, 0, 0, 0));
        assertRefused(end64, disagree, patched(good, end + 16, 2, 0, 0, 0));
        assertRefused(
                end64,
                "a directory of 84 bytes from byte 9223372036854775983 on does not end at byte " + end64,
                patched(good, end64 + 55, 0x80));
        String places =
                "entry \"a.npy\" claims 140 bytes from byte 0 on, unpacked to 9223372036854775948, in a file of 357";
        assertEquals(357, good.length);
        int extra = DIRECTORY + CENTRAL + 5 + 9;
        assertRefused(DIRECTORY, places, patched(good, extra + 7, 0x80));
        assertRefused(
                DIRECTORY,
                "entry \"a.npy\" claims 9223372036854775948 bytes from byte 0 on, unpacked to 140, in a file of 357",
                patched(good, extra + 15, 0x80));
        assertRefused(
                DIRECTORY,
                "entry \"a.npy\" claims 140 bytes from byte 9223372036854775808 on, unpacked to 140, in a file of 357",
                patched(good, extra + 23, 0x80));
        // The field is shorter than its entry needs.
        assertRefused(
                DIRECTORY,
                "entry \"a.npy\" claims 140 bytes from byte 4294967295 on, unpacked to 140, in a file of 357",
                patched(good, extra - 2, 16));
        assertRefused(
                DIRECTORY,
                "entry \"a.npy\" claims 4294967295 bytes from byte 4294967295 on, unpacked to 4294967295, in a file of"
                        + " 357",
                patched(good, extra - 2, 25));
    }

    @Test
    void filesWithoutAnEnd() {
        String problem = "this is no zip archive, or it is cut off: it does not end with an end record";
        byte[] good = archive();
        for (int length = 0; length < good.length; length++) {
            assertRefused(length, problem, Arrays.copyOf(good, length));
        }
        assertRefused(good.length + 1, problem, Arrays.copyOf(good, good.length + 1));
        assertRefused(good.length, problem, patched(good, END, 0));
        assertRefused(good.length, problem, patched(good, END + 20, 1));
    }

    /** Byte of the archive, what to write there, where that is wrong, and what is. */
    static List<Arguments> wrongFields() {
        String disagrees = "entry \"a.npy\": its own header here does not agree with the directory";
        String encrypted = "entry \"a.npy\" is encrypted or a patch";
        return List.of(
                Arguments.of(END + 4, 1, END, "this is one part of an archive in several"),
                Arguments.of(END + 6, 1, END, "this is one part of an archive in several"),
                Arguments.of(END + 8, 0, END, "this is one part of an archive in several"),
                Arguments.of(END + 12, 50, END, "a directory of 50 bytes from byte 175 on does not end at byte 226"),
                Arguments.of(END + 16, 174, END, "a directory of 51 bytes from byte 174 on does not end at byte 226"),
                Arguments.of(
                        END + 19, 255, END, "a directory of 51 bytes from byte 4278190255 on does not end at byte 226"),
                Arguments.of(DIRECTORY, 0, DIRECTORY, "the directory has no entry here"),
                Arguments.of(DIRECTORY + 8, 1, DIRECTORY, encrypted),
                Arguments.of(DIRECTORY + 8, 32, DIRECTORY, encrypted),
                Arguments.of(DIRECTORY + 8, 64, DIRECTORY, encrypted),
                Arguments.of(DIRECTORY + 9, 32, DIRECTORY, encrypted),
                Arguments.of(
                        DIRECTORY + 10,
                        12,
                        DIRECTORY,
                        "entry \"a.npy\" is packed by method 12, not stored or deflated"),
                Arguments.of(
                        DIRECTORY + 11,
                        255,
                        DIRECTORY,
                        "entry \"a.npy\" is packed by method 65280, not stored or deflated"),
                Arguments.of(DIRECTORY + 10, 8, 0, disagrees),
                Arguments.of(DIRECTORY + 20, 139, DIRECTORY, "entry \"a.npy\": stored, but 140 bytes in 139"),
                Arguments.of(
                        DIRECTORY + 21,
                        1,
                        DIRECTORY,
                        "entry \"a.npy\" claims 396 bytes from byte 0 on, unpacked to 140, in a file of 248"),
                Arguments.of(
                        DIRECTORY + 23,
                        128,
                        DIRECTORY,
                        "entry \"a.npy\" claims 2147483788 bytes from byte 0 on, unpacked to 140, in a file of 248"),
                Arguments.of(DIRECTORY + 24, 139, DIRECTORY, "entry \"a.npy\": stored, but 139 bytes in 140"),
                Arguments.of(DIRECTORY + 28, 4, 0, disagrees.replace("a.npy", "a.np")),
                Arguments.of(DIRECTORY + 28, 6, DIRECTORY, "the directory ends within this entry"),
                Arguments.of(DIRECTORY + 31, 1, DIRECTORY, "the directory ends within this entry"),
                Arguments.of(DIRECTORY + 32, 1, DIRECTORY, "the directory ends within this entry"),
                Arguments.of(DIRECTORY + 42, 1, 1, disagrees),
                Arguments.of(
                        DIRECTORY + 42, 230, DIRECTORY, "entry \"a.npy\": its place, byte 230, is too near to the end"),
                Arguments.of(
                        DIRECTORY + 43,
                        1,
                        DIRECTORY,
                        "entry \"a.npy\" claims 140 bytes from byte 256 on, unpacked to 140, in a file of 248"),
                Arguments.of(DIRECTORY + 46, 'b', 0, disagrees.replace("a.npy", "b.npy")),
                Arguments.of(DIRECTORY + 46, 0xFF, DIRECTORY, "an entry's name is not UTF-8"),
                Arguments.of(0, 0, 0, disagrees),
                Arguments.of(8, 8, 0, disagrees),
                Arguments.of(26, 4, 0, disagrees),
                Arguments.of(27, 255, 0, disagrees),
                Arguments.of(28, 1, DIRECTORY, "entry \"a.npy\": its data overlap the directory"),
                Arguments.of(29, 1, 0, "entry \"a.npy\": its 140 bytes reach beyond the end of the file"),
                Arguments.of(30, 'b', 0, disagrees));
    }

    @ParameterizedTest
    @MethodSource
    void wrongFields(int at, int value, long offset, String problem) {
        assertRefused(offset, problem, patched(archive(), at, value));
    }

    @Test
    void countsThatAreWrong() {
        assertRefused(END, "2 entries are claimed, but there are 1", patched(archive(), END + 8, 2, 0, 2, 0));
        assertRefused(END, "0 entries are claimed, but there are 1", patched(archive(), END + 8, 0, 0, 0, 0));
    }

    @Test
    void directoriesLongerThanTheLimit() throws IOException {
        Refusals.assertRefused(
                END,
                "a directory of 51 bytes is longer than the 50 allowed",
                () -> Npz.open(archive(), NAME, LIMITS.withHeaderBytes(50)));
        Npz.open(archive(), NAME, LIMITS.withHeaderBytes(51)).close();
    }

    @Test
    void entriesOfOneName() {
        Bytes locals = Bytes.little()
                .raw(local("a.npy", 0, NPY, NPY).toArray())
                .raw(local("a.npy", 0, NPY, NPY).toArray());
        Bytes directory = Bytes.little()
                .raw(central("a.npy", 0, NPY, NPY, 0).toArray())
                .raw(central("a.npy", 0, NPY, NPY, DIRECTORY).toArray());
        assertRefused(
                2 * DIRECTORY + 51,
                "entry \"a.npy\": the name stands twice",
                Bytes.little()
                        .raw(locals.toArray())
                        .raw(directory.toArray())
                        .raw(end(2, directory.size(), locals.size()).toArray())
                        .toArray());
    }

    @Test
    void entriesThatShareTheirBytes() {
        // The second entry lies within the data of the first.
        byte[] inner = local("b.npy", 0, NPY, NPY).toArray();
        byte[] outer = local("a.npy", 0, inner, inner).toArray();
        Bytes directory = Bytes.little()
                .raw(central("b.npy", 0, NPY, NPY, DATA).toArray())
                .raw(central("a.npy", 0, inner, inner, 0).toArray());
        assertRefused(
                outer.length + 51,
                "entry \"a.npy\": its data overlap entry \"b.npy\"",
                Bytes.little()
                        .raw(outer)
                        .raw(directory.toArray())
                        .raw(end(2, directory.size(), outer.length).toArray())
                        .toArray());
    }

    @Test
    void entriesThatAreNoArrays() {
        byte[] text = Bytes.little().text("hello").toArray();
        Bytes entry = local("a.txt", 0, text, text);
        assertRefused(
                entry.size(),
                "entry \"a.txt\" is no .npy file",
                Bytes.little()
                        .raw(entry.toArray())
                        .raw(central("a.txt", 0, text, text, 0).toArray())
                        .raw(end(1, 51, entry.size()).toArray())
                        .toArray());
    }

    // ---- data

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 139})
    void storedDataThatAreDamaged(int at) {
        byte[] damaged = NPY.clone();
        damaged[at] ^= 4;
        String problem = String.format("the checksum is %08x, not %08x: the data are damaged", crc(damaged), crc(NPY));
        assertEntryRefused(0, problem, patched(archive(), DATA + at, damaged[at]));
        assertEntryRefused(
                0,
                String.format("the checksum is %08x, not %08x: the data are damaged", crc(NPY), crc(NPY) ^ 1),
                patched(archive(), DIRECTORY + 16, crc(NPY) ^ 1));
    }

    @Test
    void deflatedDataThatAreDamaged() {
        byte[] packed = deflate(NPY);
        assertEntryRefused(
                0, "the compressed data are damaged: invalid block type", deflated(patched(packed, 0, 7), NPY));
        byte[] other = NPY.clone();
        other[139] ^= 4;
        assertEntryRefused(
                0,
                String.format("the checksum is %08x, not %08x: the data are damaged", crc(other), crc(NPY)),
                deflated(deflate(other), NPY));
    }

    @Test
    void deflatedDataThatAreTooShortOrTooLong() {
        byte[] packed = deflate(NPY);
        for (int length = 0; length < packed.length; length++) {
            byte[] file = deflated(Arrays.copyOf(packed, length), NPY);
            FormatException e = assertThrows(FormatException.class, () -> read(file));
            assertEquals(
                    NAME + "!a.npy: byte " + e.offset() + ": the compressed data end in the middle", e.getMessage());
        }
        assertRefused(
                DATA + packed.length,
                "entry \"a.npy\": 1 bytes stand behind the compressed data",
                deflated(Arrays.copyOf(packed, packed.length + 1), NPY));
        byte[] longer = Arrays.copyOf(NPY, 141);
        // The archive says 140 as the .npy header does, but more comes out.
        assertEntryRefused(140, "more bytes follow than should", deflated(deflate(longer), NPY));
        byte[] shorter = Arrays.copyOf(NPY, 139);
        assertEntryRefused(139, "the file ends here: 1 bytes should follow, not 0", deflated(deflate(shorter), NPY));
        // The archive says other than the .npy header.
        assertEntryRefused(128, "shape 3 of F32 takes 12 bytes, but 13 follow", deflated(deflate(longer), longer));
        assertEntryRefused(128, "shape 3 of F32 takes 12 bytes, but 11 follow", deflated(deflate(shorter), shorter));
    }

    @Test
    void zipBombs() throws IOException {
        byte[] bomb = Bytes.little()
                .raw(Npy.header(FloatArray.zeros(1 << 20).shape()))
                .raw(new byte[4 << 20])
                .toArray();
        byte[] file = deflated(deflate(bomb), bomb);
        assertEquals(FloatArray.zeros(1 << 20), read(file));
        // Growing takes two at once.
        Refusals.assertRefused(
                NAME + "!a.npy", 128, "this needs 8388608 bytes of heap, and 8388607 are allowed", () -> {
                    try (Npz npz = Npz.open(file, NAME, LIMITS.withArrayBytes((8 << 20) - 1))) {
                        npz.read("a");
                    }
                });
        // A size of 2 GB that neither the .npy header nor the data have.
        int directory = file.length - 22 - 51;
        assertEntryRefused(
                128,
                "shape 1048576 of F32 takes 4194304 bytes, but 2147483520 follow",
                patched(file, directory + 24, 0, 0, 0, 128));
    }
}
