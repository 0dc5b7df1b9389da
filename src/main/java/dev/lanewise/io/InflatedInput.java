package dev.lanewise.io;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Bytes that stand deflated (RFC 1951) in memory, unpacked as they are read.
 *
 * <p>Never holds more than a buffer, whatever the file claims. Checksum and length are seen only at the end.
 */
final class InflatedInput extends Input {

    private static final int BUFFER = 1 << 14;

    /** What an archive knows of the unpacked bytes. */
    interface Trailer {
        /** Called at the end, with the packed input just behind the packed bytes: refuses a wrong length or checksum. */
        void check(InflatedInput unpacked, MappedInput packed) throws FormatException;
    }

    private final MappedInput packed;
    private final long length;
    private final Trailer trailer;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private final long start;
    private long at;

    /**
     * Unpacks what follows.
     *
     * @param packed from the first packed byte on
     * @param length of what will be unpacked, as the file claims, or {@link #UNKNOWN}
     * @param trailer what to check at the end
     */
    InflatedInput(String name, MappedInput packed, long length, Trailer trailer) {
        super(name);
        this.packed = packed;
        this.length = length;
        this.trailer = trailer;
        this.start = packed.position();
    }

    @Override
    long position() {
        return at;
    }

    @Override
    long remaining() {
        return length == UNKNOWN ? UNKNOWN : length - at;
    }

    @Override
    boolean isMeasured() {
        return false;
    }

    /** The checksum of all that was unpacked. */
    int checksum() {
        return (int) crc.getValue();
    }

    @Override
    void read(byte[] target, int count) throws FormatException {
        int done = inflate(target, count);
        if (done < count) {
            throw tooShort(at, count - done, 0);
        }
    }

    private int inflate(byte[] target, int count) throws FormatException {
        int done = 0;
        try {
            while (done < count && !inflater.finished()) {
                int some = inflater.inflate(target, done, count - done);
                if (some == 0 && !inflater.finished()) {
                    refill();
                }
                crc.update(target, done, some);
                done += some;
                at += some;
            }
        } catch (DataFormatException e) {
            FormatException wrong = wrong(at, "the compressed data are damaged: " + e.getMessage());
            wrong.initCause(e);
            throw wrong;
        }
        return done;
    }

    private void refill() throws FormatException {
        int some = (int) Math.min(BUFFER, packed.remaining());
        if (!inflater.needsInput() || some == 0) {
            throw wrong(at, "the compressed data end in the middle");
        }
        packed.read(buffer, some);
        inflater.setInput(buffer, 0, some);
    }

    @Override
    void end() throws FormatException {
        // Also takes the packed end mark, which reading exactly as much as was there may have left.
        if (inflate(new byte[1], 1) != 0) {
            throw wrong(at - 1, "more bytes follow than should");
        }
        packed.seek(start + inflater.getBytesRead());
        trailer.check(this, packed);
    }

    @Override
    public void close() {
        inflater.end();
    }
}
