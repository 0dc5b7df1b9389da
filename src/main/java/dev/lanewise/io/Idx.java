package dev.lanewise.io;

import dev.lanewise.array.FloatArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * Files of one array in the IDX format of the MNIST digits, plain or packed by gzip, whichever the file turns out to be.
 *
 * <p>Elements are unsigned bytes, signed bytes, shorts, ints, floats or doubles, all big-endian, and become float32: bytes
 * and shorts are held exactly, an int that a float cannot hold exactly is refused, and <b>a double is rounded</b> to the
 * nearest float, to an infinity if it is larger than all.
 *
 * <p>Refused with a {@link FormatException} are files that hold more or fewer bytes than their header asks for, and packed
 * ones whose checksum is wrong or behind which anything follows.
 */
public final class Idx {

    private Idx() {}

    /**
     * Reads a file within the default limits.
     *
     * @throws FormatException if anything is wrong
     * @throws IOException if the file cannot be read
     */
    public static FloatArray read(Path path) throws IOException {
        return read(path, Limits.defaults());
    }

    /**
     * Reads a file.
     *
     * @throws FormatException if anything is wrong
     * @throws IOException if the file cannot be read
     */
    public static FloatArray read(Path path, Limits limits) throws IOException {
        try (MappedFile file = MappedFile.open(path, limits)) {
            return read(file, limits);
        }
    }

    /**
     * Reads a file that is in memory already.
     *
     * @param bytes of the file
     * @param name what to call it in messages
     * @throws FormatException if anything is wrong
     */
    public static FloatArray read(byte[] bytes, String name, Limits limits) throws IOException {
        try (MappedFile file = MappedFile.of(bytes, name)) {
            return read(file, limits);
        }
    }

    private static FloatArray read(MappedFile file, Limits limits) throws FormatException {
        try (Input input = Gzip.is(file) ? Gzip.open(file) : file.input()) {
            return header(input).readLast(input, new Budget(limits));
        }
    }

    /** Two zeros, the type, the rank, and one big-endian int for each dimension. */
    private static Layout header(Input input) throws FormatException {
        byte[] magic = input.read(Integer.BYTES);
        if (magic[0] != 0 || magic[1] != 0) {
            throw input.wrong(0, "this is no IDX file: it does not start with two zeros");
        }
        ElementType type = switch (magic[2]) {
            case 0x08 -> ElementType.U8;
            case 0x09 -> ElementType.I8;
            case 0x0B -> ElementType.I16;
            case 0x0C -> ElementType.I32;
            case 0x0D -> ElementType.F32;
            case 0x0E -> ElementType.F64;
            default ->
                throw input.wrong(
                        2, String.format("type 0x%02x is none of 0x08, 0x09, 0x0b, 0x0c, 0x0d and 0x0e", magic[2]));
        };
        int rank = magic[3] & 0xFF;
        if (rank == 0 || rank > Layout.MAX_RANK) {
            throw input.wrong(3, rank + " dimensions are not between 1 and " + Layout.MAX_RANK);
        }
        ByteBuffer bytes = ByteBuffer.wrap(input.read(rank * Integer.BYTES));
        long[] lengths = new long[rank];
        for (int i = 0; i < rank; i++) {
            lengths[i] = Integer.toUnsignedLong(bytes.getInt());
        }
        return new Layout(type, true, Layout.shape(input, magic.length, lengths), false);
    }
}
