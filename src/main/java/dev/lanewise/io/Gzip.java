package dev.lanewise.io;

/**
 * Files of one deflated stream with a checksum (RFC 1952).
 *
 * <p>Own code, because {@link java.util.zip.GZIPInputStream} takes any rubbish behind the stream for its end.
 */
final class Gzip {

    private static final int MAGIC_1 = 0x1F;
    private static final int MAGIC_2 = 0x8B;
    private static final int DEFLATED = 8;
    private static final int HEADER_BYTES = 10;

    private static final int CHECKED = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAMED = 1 << 3;
    private static final int COMMENTED = 1 << 4;
    private static final int RESERVED = 0xE0;

    private Gzip() {}

    /** Whether a file starts as these do. */
    static boolean is(MappedFile file) throws FormatException {
        if (file.size() < 2) {
            return false;
        }
        byte[] magic = file.input().read(2);
        return (magic[0] & 0xFF) == MAGIC_1 && (magic[1] & 0xFF) == MAGIC_2;
    }

    /** What the file unpacks to. */
    static InflatedInput open(MappedFile file) throws FormatException {
        MappedInput input = file.input();
        byte[] header = input.read(HEADER_BYTES);
        int flags = header[3] & 0xFF;
        if (header[2] != DEFLATED) {
            throw input.wrong(2, "gzip method " + (header[2] & 0xFF) + " is not deflate, " + DEFLATED);
        }
        if ((flags & RESERVED) != 0) {
            throw input.wrong(3, "gzip flags that are reserved are set");
        }
        if ((flags & EXTRA) != 0) {
            byte[] length = input.read(Short.BYTES);
            input.skip(length[0] & 0xFF | (length[1] & 0xFF) << Byte.SIZE);
        }
        if ((flags & NAMED) != 0) {
            skipWords(input);
        }
        if ((flags & COMMENTED) != 0) {
            skipWords(input);
        }
        if ((flags & CHECKED) != 0) {
            checkHeader(file, input);
        }
        return new InflatedInput(file.name(), input, Input.UNKNOWN, Gzip::checkTrailer);
    }

    private static void skipWords(MappedInput input) throws FormatException {
        byte[] one = new byte[1];
        do {
            input.read(one, 1);
        } while (one[0] != 0);
    }

    private static void checkHeader(MappedFile file, MappedInput input) throws FormatException {
        long end = input.position();
        int sum = file.input(0, end).checksum() & 0xFFFF;
        int stated = (int) number(input, Short.BYTES);
        if (sum != stated) {
            throw input.wrong(end, String.format("the gzip header's checksum is %04x, not %04x", sum, stated));
        }
    }

    private static void checkTrailer(InflatedInput unpacked, MappedInput packed) throws FormatException {
        long at = packed.position();
        int crc = (int) number(packed, Integer.BYTES);
        long length = number(packed, Integer.BYTES);
        if (crc != unpacked.checksum()) {
            throw packed.wrong(
                    at,
                    String.format("the checksum is %08x, not %08x: the data are damaged", unpacked.checksum(), crc));
        }
        if (length != (unpacked.position() & 0xFFFF_FFFFL)) {
            throw packed.wrong(
                    at, unpacked.position() + " bytes were unpacked, but " + length + " stated, modulo 2^32");
        }
        packed.end();
    }

    private static long number(MappedInput input, int bytes) throws FormatException {
        byte[] read = input.read(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (read[i] & 0xFFL) << i * Byte.SIZE;
        }
        return value;
    }
}
