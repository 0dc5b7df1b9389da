package dev.lanewise.io;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Bytes that stand in memory, mapped or not. */
final class MappedInput extends Input {

    private static final ValueLayout.OfFloat LITTLE =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private static final int CHUNK = 1 << 16;

    private final MemorySegment bytes;
    private final long origin;
    private long at;

    /**
     * The given bytes.
     *
     * @param origin the number of the first of them, for messages
     */
    MappedInput(String name, MemorySegment bytes, long origin) {
        super(name);
        this.bytes = bytes;
        this.origin = origin;
    }

    @Override
    long position() {
        return origin + at;
    }

    @Override
    long remaining() {
        return bytes.byteSize() - at;
    }

    @Override
    boolean isMeasured() {
        return true;
    }

    @Override
    void read(byte[] target, int count) throws FormatException {
        check(count);
        try {
            MemorySegment.copy(bytes, ValueLayout.JAVA_BYTE, at, target, 0, count);
        } catch (InternalError e) {
            throw cutOff(e);
        }
        at += count;
    }

    /** Takes little-endian floats without a copy in between; there must be as many. */
    void read(float[] target) throws FormatException {
        try {
            MemorySegment.copy(bytes, LITTLE, at, target, 0, target.length);
        } catch (InternalError e) {
            throw cutOff(e);
        }
        at += (long) target.length * Float.BYTES;
    }

    /** Passes over bytes. */
    void skip(int count) throws FormatException {
        check(count);
        at += count;
    }

    /** The checksum of all that is left, which is left still. */
    int checksum() throws FormatException {
        CRC32 crc = new CRC32();
        byte[] chunk = new byte[(int) Math.min(CHUNK, remaining())];
        long start = at;
        // By way of an array: where a page of a mapped file is gone, a copy throws, but the checksum's own loop over
        // the
        // mapping would take the JVM down.
        while (remaining() > 0) {
            int some = (int) Math.min(chunk.length, remaining());
            read(chunk, some);
            crc.update(chunk, 0, some);
        }
        at = start;
        return (int) crc.getValue();
    }

    /** Goes to a byte that {@link #position} has been at or passed. */
    void seek(long position) {
        at = position - origin;
    }

    private void check(int count) throws FormatException {
        if (count > remaining()) {
            throw tooShort(position(), count, remaining());
        }
    }

    // The JVM throws this where a page of a mapped file is no longer there.
    private FormatException cutOff(InternalError e) {
        FormatException wrong = wrong(position(), "the file was cut off while it was being read");
        wrong.initCause(e);
        return wrong;
    }

    @Override
    void end() throws FormatException {
        if (remaining() > 0) {
            throw wrong(position(), remaining() + " bytes too many follow");
        }
    }

    @Override
    public void close() {
        // Who opened the file closes it.
    }
}
