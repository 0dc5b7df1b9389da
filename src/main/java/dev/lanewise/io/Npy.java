package dev.lanewise.io;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * Files of one array in NumPy's
 * <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">.npy format</a>.
 *
 * <p>Versions 1.0, 2.0 and 3.0 are read, in either byte order; arrays in Fortran order are turned into row-major ones.
 * Everything becomes float32: float16 is widened exactly; <b>float64 is rounded</b> to the nearest float, to an infinity if
 * it is larger than all; integers of 8 and 16 bits and booleans are held exactly, and an element of a longer integer type
 * that a float cannot hold exactly (from 2<sup>24</sup> on some cannot) is refused, as is a boolean other than 0 and 1.
 *
 * <p>Refused with a {@link FormatException} are also other element types (complex numbers, text, dates, records, and
 * Python objects, which would run code), headers that are not as NumPy writes them, and files that hold more or fewer
 * bytes than the header asks for.
 */
public final class Npy {

    /** NumPy lets the elements begin at a multiple of this. */
    private static final int ALIGNMENT = 64;

    private static final int PREFIX = NpyHeader.MAGIC.length + 2;

    private Npy() {}

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
            return read(file.input(), new Budget(limits));
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
            return read(file.input(), new Budget(limits));
        }
    }

    static FloatArray read(Input input, Budget budget) throws FormatException {
        return NpyHeader.read(input).readLast(input, budget);
    }

    /**
     * Writes an array as little-endian float32 in row-major order, bit by bit, NaNs included: the same bytes that
     * {@code numpy.save} writes. A file that was there before is replaced in one step, once the new one is complete and on
     * disk.
     *
     * @throws IllegalArgumentException for more than 64 dimensions
     * @throws IOException if the file cannot be written; one that was there before is still what it was
     */
    public static void write(Path path, FloatArray array) throws IOException {
        byte[] header = header(array.shape());
        AtomicFile.write(path, out -> {
            out.write(header);
            FloatBytes.write(array, out);
        });
    }

    /** The header of an array as {@link #write} writes it. */
    static byte[] header(Shape shape) {
        Layout.checkRank(shape);
        String dims = Arrays.toString(shape.dims()).replace('[', '(').replace(']', ')');
        String tuple = shape.rank() == 1 ? dims.replace(")", ",)") : dims;
        String dictionary = "{'descr': '<f4', 'fortran_order': False, 'shape': " + tuple + ", }";
        // NumPy leaves room for the first dimension to grow to 21 digits in place.
        int growth = shape.rank() == 0 ? 0 : 21 - Integer.toString(shape.dim(0)).length();
        int prefix = PREFIX + Short.BYTES;
        // A whole step more where the text already ends at one, as NumPy does.
        int length = ((prefix + dictionary.length() + growth + 1) / ALIGNMENT + 1) * ALIGNMENT;
        byte[] header = new byte[length];
        Arrays.fill(header, (byte) ' ');
        System.arraycopy(NpyHeader.MAGIC, 0, header, 0, NpyHeader.MAGIC.length);
        header[NpyHeader.MAGIC.length] = 1;
        header[NpyHeader.MAGIC.length + 1] = 0;
        header[PREFIX] = (byte) (length - prefix);
        header[PREFIX + 1] = (byte) (length - prefix >> Byte.SIZE);
        byte[] text = dictionary.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, header, prefix, text.length);
        header[length - 1] = '\n';
        return header;
    }
}
