package dev.lanewise.io;

import dev.lanewise.array.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The header of a .npy file, versions 1.0, 2.0 and 3.0 (numpy.lib.format): a magic word, a length, and a Python
 * dictionary of exactly three entries, of which only what those can be is read.
 */
final class NpyHeader extends HeaderScanner {

    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** Most that version 1.0 can state; what is read here fits into a tenth, in later versions too. */
    private static final int MAX_LENGTH = 0xFFFF;

    private static final int NEWEST = 3;

    private static final byte[] TRUE = "True".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "False".getBytes(StandardCharsets.US_ASCII);

    private final Input input;

    private @Nullable ElementType type;
    private boolean big;
    private @Nullable Boolean fortran;
    private @Nullable Shape shape;

    private NpyHeader(Input input, int length) throws FormatException {
        super(input, length);
        this.input = input;
    }

    /** Reads a header: the elements follow it. */
    static Layout read(Input input) throws FormatException {
        return new NpyHeader(input, length(input)).parse();
    }

    private static int length(Input input) throws FormatException {
        long start = input.position();
        if (!Arrays.equals(input.read(MAGIC.length), MAGIC)) {
            throw input.wrong(start, "this is no .npy data: it does not start with \\x93NUMPY");
        }
        long versionAt = input.position();
        byte[] version = input.read(2);
        if (version[0] < 1 || version[0] > NEWEST || version[1] != 0) {
            throw input.wrong(
                    versionAt,
                    "version " + (version[0] & 0xFF) + "." + (version[1] & 0xFF) + " is none of 1.0, 2.0 and 3.0");
        }
        long lengthAt = input.position();
        byte[] bytes = input.read(version[0] == 1 ? Short.BYTES : Integer.BYTES);
        long length = 0;
        for (int i = 0; i < bytes.length; i++) {
            length |= (bytes[i] & 0xFFL) << i * Byte.SIZE;
        }
        if (length > MAX_LENGTH) {
            throw input.wrong(lengthAt, "a header of " + length + " bytes is longer than " + MAX_LENGTH);
        }
        return (int) length;
    }

    private Layout parse() throws FormatException {
        expect('{');
        while (!accept('}')) {
            entry();
            if (!accept(',')) {
                expect('}');
                break;
            }
        }
        end();
        if (type == null || fortran == null || shape == null) {
            String missing = type == null ? "descr" : fortran == null ? "fortran_order" : "shape";
            throw wrong(0, "the entry " + missing + " is missing");
        }
        return new Layout(type, big, shape, fortran);
    }

    private void entry() throws FormatException {
        skipSpace();
        int start = at;
        String key = string();
        expect(':');
        boolean twice = switch (key) {
            case "descr" -> type != null;
            case "fortran_order" -> fortran != null;
            case "shape" -> shape != null;
            default -> throw wrong(start, "there is no entry " + Text.quote(key));
        };
        if (twice) {
            throw wrong(start, "the entry " + key + " stands twice");
        }
        skipSpace();
        switch (key) {
            case "descr" -> descr();
            case "fortran_order" -> fortran = truth();
            default -> shape = shape();
        }
    }

    /** An order of bytes, a kind of element and its size in bytes, such as {@code <f4}. */
    private void descr() throws FormatException {
        int start = at;
        if (isAt('[')) {
            throw wrong(start, "records of several fields are not read");
        }
        String descr = string();
        ElementType known = switch (descr.isEmpty() ? "" : descr.substring(1)) {
            case "b1" -> ElementType.BOOL;
            case "i1" -> ElementType.I8;
            case "u1" -> ElementType.U8;
            case "i2" -> ElementType.I16;
            case "u2" -> ElementType.U16;
            case "i4" -> ElementType.I32;
            case "u4" -> ElementType.U32;
            case "i8" -> ElementType.I64;
            case "u8" -> ElementType.U64;
            case "f2" -> ElementType.F16;
            case "f4" -> ElementType.F32;
            case "f8" -> ElementType.F64;
            default -> null;
        };
        // "|" says that there is no order, which is so for single bytes; "=", the machine's own, is never written.
        boolean ordered = known != null
                && (descr.charAt(0) == '<' || descr.charAt(0) == '>' || descr.charAt(0) == '|' && known.size() == 1);
        if (known == null || !ordered) {
            throw wrong(
                    start,
                    "descr " + Text.quote(descr) + " is none of those read: < or > and one of f2 f4 f8, i1 i2 i4 i8,"
                            + " u1 u2 u4 u8, b1");
        }
        type = known;
        big = descr.charAt(0) == '>';
    }

    private boolean truth() throws FormatException {
        if (accept(TRUE)) {
            return true;
        }
        if (accept(FALSE)) {
            return false;
        }
        throw unexpected("True or False");
    }

    /** A Python tuple: (), (3,) or (3, 4), with or without a last comma. */
    private Shape shape() throws FormatException {
        long[] lengths = new long[Layout.MAX_RANK];
        int rank = 0;
        long offset = position();
        int start = at;
        expect('(');
        boolean comma = true;
        while (!accept(')')) {
            if (!comma) {
                throw unexpected("',' or ')'");
            }
            if (rank == lengths.length) {
                throw wrong(start, "more than " + Layout.MAX_RANK + " dimensions");
            }
            lengths[rank++] = whole();
            if (isAt('L')) {
                at++; // Python 2 wrote its longs so.
            }
            comma = accept(',');
        }
        if (rank == 1 && !comma) {
            throw wrong(start, "a number in parentheses, not a tuple: a ',' is missing");
        }
        return Layout.shape(input, offset, Arrays.copyOf(lengths, rank));
    }

    /** A string without escapes, which none of those read here has. */
    private String string() throws FormatException {
        if (!isAt('\'') && !isAt('"')) {
            throw unexpected("a string");
        }
        byte quote = text[at];
        int start = ++at;
        while (at < text.length && text[at] != quote) {
            at++;
        }
        if (at == text.length) {
            throw wrong(start - 1, "a string that does not end");
        }
        return new String(text, start, at++ - start, StandardCharsets.ISO_8859_1);
    }
}
