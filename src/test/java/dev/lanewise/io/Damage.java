package dev.lanewise.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * One thing that is done to a good file.
 *
 * @param kind what
 * @param place where, from 0 for the first byte to 1 for the end
 * @param value what is written there
 * @param length how many bytes it is done to
 */
record Damage(Kind kind, double place, long value, int length) {

    enum Kind {
        TRUNCATE,
        FLIP,
        OVERWRITE_LITTLE,
        OVERWRITE_BIG,
        INSERT,
        DELETE,
        SPLICE,
        DIGIT,
        SIGN
    }

    private static final String SIGNS = "{}[]()\"':,\\ 0123456789.-eTFu\n";

    /** One to three of them: most in the first bytes, where headers are. */
    static Arbitrary<List<Damage>> several() {
        Arbitrary<Double> places = Arbitraries.oneOf(
                Arbitraries.doubles().between(0, 0.2),
                Arbitraries.doubles().between(0, 1),
                Arbitraries.doubles().between(0.9, 1));
        Arbitrary<Long> values = Arbitraries.oneOf(
                Arbitraries.of(0L, 1L, -1L, 1L << 31, (1L << 31) - 1, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE),
                Arbitraries.longs().between(0, 300),
                Arbitraries.longs());
        Arbitrary<Integer> lengths = Arbitraries.oneOf(
                Arbitraries.of(1, 2, 4, 8), Arbitraries.integers().between(1, 200));
        return Combinators.combine(Arbitraries.of(Kind.values()), places, values, lengths)
                .as(Damage::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
    }

    static byte[] apply(List<Damage> damages, byte[] file, byte[] other) {
        byte[] result = file;
        for (Damage damage : damages) {
            result = damage.apply(result, other);
        }
        return result;
    }

    private byte[] apply(byte[] file, byte[] other) {
        int at = (int) (place * file.length);
        byte[] result = file.clone();
        switch (kind) {
            case TRUNCATE -> {
                return Arrays.copyOf(file, at);
            }
            case INSERT, DELETE -> {
                return replaced(file, at);
            }
            case FLIP -> {
                if (at < file.length) {
                    result[at] ^= (byte) (1 << (value & 7));
                }
            }
            case OVERWRITE_LITTLE -> overwrite(result, at, ByteOrder.LITTLE_ENDIAN);
            case OVERWRITE_BIG -> overwrite(result, at, ByteOrder.BIG_ENDIAN);
            case SPLICE -> {
                int from = (int) Long.remainderUnsigned(value, other.length + 1L);
                System.arraycopy(
                        other, from, result, at, Math.min(length, Math.min(file.length - at, other.length - from)));
            }
            case DIGIT -> {
                int digit = at;
                while (digit < file.length && (file[digit] < '0' || file[digit] > '9')) {
                    digit++;
                }
                if (digit < file.length) {
                    result[digit] = (byte) ('0' + Long.remainderUnsigned(value, 10));
                }
            }
            case SIGN -> {
                if (at < file.length) {
                    result[at] = (byte) SIGNS.charAt((int) Long.remainderUnsigned(value, SIGNS.length()));
                }
            }
        }
        return result;
    }

    private byte[] replaced(byte[] file, int at) {
        int cut = kind == Kind.DELETE ? Math.min(length, file.length - at) : 0;
        byte[] inserted = new byte[kind == Kind.INSERT ? length : 0];
        Arrays.fill(inserted, (byte) value);
        return Bytes.little()
                .raw(Arrays.copyOf(file, at))
                .raw(inserted)
                .raw(Arrays.copyOfRange(file, at + cut, file.length))
                .toArray();
    }

    private void overwrite(byte[] file, int at, ByteOrder order) {
        int size = Math.min(Long.BYTES, Math.min(length, file.length - at));
        byte[] number =
                ByteBuffer.allocate(Long.BYTES).order(order).putLong(value).array();
        int from = order == ByteOrder.BIG_ENDIAN ? Long.BYTES - size : 0;
        System.arraycopy(number, from, file, at, size);
    }
}
