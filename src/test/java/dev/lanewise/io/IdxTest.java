package dev.lanewise.io;

import static dev.lanewise.io.Refusals.LIMITS;
import static dev.lanewise.io.Refusals.NAME;
import static dev.lanewise.io.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.FloatArray;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {

    @TempDir
    Path directory;

    private static FloatArray read(byte[] file) throws IOException {
        return Idx.read(file, NAME, LIMITS);
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void readsBytesWrittenOutByHand() throws IOException {
        assertEquals(
                FloatArray.of(new float[] {0, 127, 128, 255}, 2, 2),
                read(Bytes.big()
                        .bytes(0, 0, 8, 2)
                        .ints(2, 2)
                        .bytes(0, 127, 128, 255)
                        .toArray()));
        assertEquals(
                FloatArray.of(0, 127, -128, -1),
                read(Bytes.big()
                        .bytes(0, 0, 9, 1)
                        .ints(4)
                        .bytes(0, 127, 128, 255)
                        .toArray()));
        assertEquals(
                FloatArray.of(258, -2),
                read(Bytes.big()
                        .bytes(0, 0, 0x0B, 1)
                        .ints(2)
                        .bytes(1, 2, 255, 254)
                        .toArray()));
        assertEquals(
                FloatArray.of(66051, -1),
                read(Bytes.big().bytes(0, 0, 0x0C, 1).ints(2, 66051, -1).toArray()));
        assertEquals(
                FloatArray.of(1.5f, -0f),
                read(Bytes.big().bytes(0, 0, 0x0D, 1).ints(2).floats(1.5f, -0f).toArray()));
        assertEquals(
                FloatArray.of(1.5f, 0.1f),
                read(Bytes.big().bytes(0, 0, 0x0E, 1).ints(2).doubles(1.5, 0.1).toArray()));
        assertEquals(
                FloatArray.zeros(3, 0, 2),
                read(Bytes.big().bytes(0, 0, 8, 3).ints(3, 0, 2).toArray()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ubytes.idx", "ubytes.idx.gz"})
    void readsFilesPlainAndPacked(String name) throws IOException {
        // By what is in it, not by its name.
        Path path = Files.write(directory.resolve("x"), Samples.file(name));
        assertEquals(Samples.array('u'), Idx.read(path));
        assertRefused(
                path.toString(),
                16,
                "this needs 96 bytes of heap, and 95 are allowed",
                () -> Idx.read(path, LIMITS.withArrayBytes(95)));
        assertEquals(Samples.array('u'), Idx.read(path, LIMITS.withArrayBytes(96)));
    }

    @Test
    void readsEveryKindOfGzipHeader() throws IOException {
        byte[] idx = Bytes.big().bytes(0, 0, 8, 1).ints(2).bytes(3, 4).toArray();
        byte[] packed = gzip(idx);
        byte[] body = Arrays.copyOfRange(packed, 10, packed.length);
        Bytes header = Bytes.little()
                .bytes(0x1F, 0x8B, 8, 0x1F, 1, 2, 3, 4, 0, 3)
                .shorts(3)
                .bytes(9, 9, 9)
                .text("name")
                .bytes(0)
                .text("comment")
                .bytes(0);
        CRC32 crc = new CRC32();
        crc.update(header.toArray());
        byte[] good = Bytes.little()
                .raw(header.toArray())
                .shorts((int) crc.getValue())
                .raw(body)
                .toArray();
        assertEquals(FloatArray.of(3, 4), read(good));
        byte[] bad = good.clone();
        bad[header.size()] ^= 1;
        int sum = (int) crc.getValue() & 0xFFFF;
        assertRefused(
                header.size(),
                String.format("the gzip header's checksum is %04x, not %04x", sum, sum ^ 1),
                () -> read(bad));
    }

    @Test
    void headersThatAreWrong() {
        for (int size = 0; size < 4; size++) {
            byte[] file = new byte[size];
            assertRefused(0, "the file ends here: 4 bytes should follow, not " + size, () -> read(file));
        }
        for (int[] magic : new int[][] {{1, 0, 8, 1}, {0, 1, 8, 1}}) {
            byte[] file = Bytes.big().bytes(magic).ints(0).toArray();
            assertRefused(0, "this is no IDX file: it does not start with two zeros", () -> read(file));
        }
        for (int type : new int[] {0, 7, 10, 15, 255}) {
            byte[] file = Bytes.big().bytes(0, 0, type, 1).ints(0).toArray();
            assertRefused(
                    2,
                    String.format("type 0x%02x is none of 0x08, 0x09, 0x0b, 0x0c, 0x0d and 0x0e", type),
                    () -> read(file));
        }
        for (int rank : new int[] {0, 65, 255}) {
            byte[] file =
                    Bytes.big().bytes(0, 0, 8, rank).bytes(new int[4 * rank]).toArray();
            assertRefused(3, rank + " dimensions are not between 1 and 64", () -> read(file));
        }
        byte[] cut = Bytes.big().bytes(0, 0, 8, 3).ints(1, 1).toArray();
        assertRefused(4, "the file ends here: 12 bytes should follow, not 8", () -> read(cut));
        byte[] negative = Bytes.big().bytes(0, 0, 8, 1).ints(-1).toArray();
        assertRefused(4, "a dimension of length 4294967295 is not between 0 and 2147483639", () -> read(negative));
        byte[] wide = Bytes.big().bytes(0, 0, 8, 2).ints(65536, 65536).toArray();
        assertRefused(4, "shape 65536x65536 has more than 2147483639 elements", () -> read(wide));
    }

    @Test
    void filesLongerOrShorterThanTheirHeaderSays() throws IOException {
        byte[] good = Bytes.big().bytes(0, 0, 0x0B, 1).ints(3).bytes(new int[6]).toArray();
        for (int length : new int[] {0, 1, 5, 7}) {
            byte[] file = Arrays.copyOf(good, 8 + length);
            assertRefused(8, "shape 3 of I16 takes 6 bytes, but " + length + " follow", () -> read(file));
        }
        byte[] packedShort = gzip(Arrays.copyOf(good, 13));
        assertRefused(13, "the file ends here: 1 bytes should follow, not 0", () -> read(packedShort));
        byte[] packedLong = gzip(Arrays.copyOf(good, 15));
        assertRefused(14, "more bytes follow than should", () -> read(packedLong));
    }

    @Test
    void integersThatNoFloatIs() {
        byte[] file = Bytes.big().bytes(0, 0, 0x0C, 1).ints(2, 1, 16777217).toArray();
        assertRefused(12, "no float32 is the integer 16777217", () -> read(file));
    }

    @Test
    void packedFilesThatAreWrong() throws IOException {
        byte[] idx = Bytes.big().bytes(0, 0, 8, 1).ints(200).bytes(new int[200]).toArray();
        byte[] good = gzip(idx);
        assertEquals(FloatArray.zeros(200), read(good));
        for (int length = 2; length < good.length; length++) {
            byte[] cut = Arrays.copyOf(good, length);
            assertThrows(FormatException.class, () -> read(cut), () -> "cut to " + cut.length);
        }
        byte[] longer = Arrays.copyOf(good, good.length + 3);
        assertRefused(good.length, "3 bytes too many follow", () -> read(longer));
        byte[] method = good.clone();
        method[2] = 7;
        assertRefused(2, "gzip method 7 is not deflate, 8", () -> read(method));
        byte[] reserved = good.clone();
        reserved[3] = 0x20;
        assertRefused(3, "gzip flags that are reserved are set", () -> read(reserved));
        byte[] extra = {0x1F, (byte) 0x8B, 8, 4, 0, 0, 0, 0, 0, 0, -1, -1, 0};
        assertRefused(12, "the file ends here: 65535 bytes should follow, not 1", () -> read(extra));
        byte[] name = {0x1F, (byte) 0x8B, 8, 8, 0, 0, 0, 0, 0, 0, 'x'};
        assertRefused(11, "the file ends here: 1 bytes should follow, not 0", () -> read(name));
        byte[] length = good.clone();
        length[good.length - 4] ^= 1;
        assertRefused(good.length - 8, "208 bytes were unpacked, but 209 stated, modulo 2^32", () -> read(length));
        byte[] sum = good.clone();
        sum[good.length - 8] ^= 1;
        CRC32 crc = new CRC32();
        crc.update(idx);
        assertRefused(
                good.length - 8,
                String.format(
                        "the checksum is %08x, not %08x: the data are damaged", crc.getValue(), crc.getValue() ^ 1),
                () -> read(sum));
    }
}
