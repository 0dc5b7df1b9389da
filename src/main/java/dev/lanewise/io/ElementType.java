package dev.lanewise.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What one element of an array in a file is, and how it becomes a float32.
 *
 * <p>Shorter floating numbers are widened exactly, doubles are rounded to the nearest float (to an infinity from half a
 * step beyond the largest on), integers and booleans must be held exactly or are refused.
 */
enum ElementType {
    BOOL(1),
    I8(1),
    U8(1),
    I16(2),
    U16(2),
    I32(4),
    U32(4),
    I64(8),
    U64(8),
    F16(2),
    BF16(2),
    F32(4),
    F64(8);

    private static final VarHandle SHORTS = view(short[].class);
    private static final VarHandle INTS = view(int[].class);
    private static final VarHandle LONGS = view(long[].class);

    /** Elements are read through these, in the file's order only after that: one loop does for both orders. */
    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    private static final int BFLOAT_SHIFT = Float.SIZE - Short.SIZE;

    /** Above this a long is none of a float's whole numbers by its cast alone: the way back saturates. */
    private static final float TWO_63 = 0x1p63f;

    /** The bits of an unsigned long of 2^63 or more that a float has no room for. */
    private static final long BELOW_FLOAT = (1L << Long.SIZE - Float.PRECISION) - 1;

    private final int size;

    ElementType(int size) {
        this.size = size;
    }

    /** Bytes of one. */
    int size() {
        return size;
    }

    /**
     * Decodes {@code count} elements from the start of {@code bytes} to {@code target}, from {@code at} on.
     *
     * @param big whether the most significant byte comes first
     * @return how many were decoded: fewer than {@code count} if the next cannot be a float
     */
    int decode(byte[] bytes, boolean big, float[] target, int at, int count) {
        return switch (this) {
            case BOOL -> bools(bytes, target, at, count);
            case I8 -> signedBytes(bytes, target, at, count);
            case U8 -> unsignedBytes(bytes, target, at, count);
            case I16 -> signedShorts(bytes, big, target, at, count);
            case U16 -> unsignedShorts(bytes, big, target, at, count);
            case I32 -> signedInts(bytes, big, target, at, count);
            case U32 -> unsignedInts(bytes, big, target, at, count);
            case I64 -> signedLongs(bytes, big, target, at, count);
            case U64 -> unsignedLongs(bytes, big, target, at, count);
            case F16 -> halves(bytes, big, target, at, count);
            case BF16 -> bfloats(bytes, big, target, at, count);
            case F32 -> floats(bytes, big, target, at, count);
            case F64 -> doubles(bytes, big, target, at, count);
        };
    }

    /** Why the element that {@link #decode} stopped at was refused. */
    String refusal(byte[] bytes, boolean big, int index) {
        String value = switch (this) {
            case BOOL -> Integer.toString(bytes[index] & 0xFF);
            case I32 -> Integer.toString(intAt(bytes, big, index));
            case U32 -> Integer.toUnsignedString(intAt(bytes, big, index));
            case I64 -> Long.toString(longAt(bytes, big, index));
            case U64 -> Long.toUnsignedString(longAt(bytes, big, index));
            default -> throw new AssertionError(this);
        };
        return this == BOOL ? "a boolean is 0 or 1, not " + value : "no float32 is the integer " + value;
    }

    private static int bools(byte[] bytes, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            byte b = bytes[i];
            if ((b & ~1) != 0) {
                return i;
            }
            target[at + i] = b;
        }
        return count;
    }

    private static int signedBytes(byte[] bytes, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = bytes[i];
        }
        return count;
    }

    private static int unsignedBytes(byte[] bytes, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = bytes[i] & 0xFF;
        }
        return count;
    }

    private static int signedShorts(byte[] bytes, boolean big, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = shortAt(bytes, big, i);
        }
        return count;
    }

    private static int unsignedShorts(byte[] bytes, boolean big, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = shortAt(bytes, big, i) & 0xFFFF;
        }
        return count;
    }

    private static int signedInts(byte[] bytes, boolean big, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            int value = intAt(bytes, big, i);
            float f = value;
            if ((long) f != value) {
                return i;
            }
            target[at + i] = f;
        }
        return count;
    }

    private static int unsignedInts(byte[] bytes, boolean big, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            long value = Integer.toUnsignedLong(intAt(bytes, big, i));
            float f = value;
            if ((long) f != value) {
                return i;
            }
            target[at + i] = f;
        }
        return count;
    }

    private static int signedLongs(byte[] bytes, boolean big, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            long value = longAt(bytes, big, i);
            float f = value;
            if (f == TWO_63 || (long) f != value) {
                return i;
            }
            target[at + i] = f;
        }
        return count;
    }

    private static int unsignedLongs(byte[] bytes, boolean big, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            long value = longAt(bytes, big, i);
            float f = value;
            if (value < 0) {
                if ((value & BELOW_FLOAT) != 0) {
                    return i;
                }
                f = 2 * (float) (value >>> 1);
            } else if (f == TWO_63 || (long) f != value) {
                return i;
            }
            target[at + i] = f;
        }
        return count;
    }

    private static int halves(byte[] bytes, boolean big, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = Float.float16ToFloat(shortAt(bytes, big, i));
        }
        return count;
    }

    private static int bfloats(byte[] bytes, boolean big, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = Float.intBitsToFloat(shortAt(bytes, big, i) << BFLOAT_SHIFT);
        }
        return count;
    }

    private static int floats(byte[] bytes, boolean big, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = Float.intBitsToFloat(intAt(bytes, big, i));
        }
        return count;
    }

    private static int doubles(byte[] bytes, boolean big, float[] target, int at, int count) {
        for (int i = 0; i < count; i++) {
            target[at + i] = (float) Double.longBitsToDouble(longAt(bytes, big, i));
        }
        return count;
    }

    private static short shortAt(byte[] bytes, boolean big, int index) {
        short value = (short) SHORTS.get(bytes, index * Short.BYTES);
        return big ? Short.reverseBytes(value) : value;
    }

    private static int intAt(byte[] bytes, boolean big, int index) {
        int value = (int) INTS.get(bytes, index * Integer.BYTES);
        return big ? Integer.reverseBytes(value) : value;
    }

    private static long longAt(byte[] bytes, boolean big, int index) {
        long value = (long) LONGS.get(bytes, index * Long.BYTES);
        return big ? Long.reverseBytes(value) : value;
    }
}
