package dev.lanewise.io;

import java.io.EOFException;

/**
 * The bytes of a file, or of one unpacked entry of an archive, in order; and the name and place for what is wrong.
 *
 * <p>Not for several threads.
 */
abstract sealed class Input implements AutoCloseable permits MappedInput, InflatedInput {

    /** What {@link #remaining} says where only reading will tell. */
    static final long UNKNOWN = -1;

    private final String name;

    Input(String name) {
        this.name = name;
    }

    /** What to call the file in messages. */
    final String name() {
        return name;
    }

    /** The number of the byte that comes next. */
    abstract long position();

    /** How many bytes are left according to the file, or {@link #UNKNOWN}. */
    abstract long remaining();

    /** Whether {@link #remaining} was seen rather than claimed by a header, so that it may be trusted. */
    abstract boolean isMeasured();

    /** Takes exactly {@code count} bytes. */
    abstract void read(byte[] target, int count) throws FormatException;

    /** Refuses what still follows, and a checksum that is wrong. */
    abstract void end() throws FormatException;

    @Override
    public abstract void close();

    /** Takes a new array of exactly {@code count} bytes. Where only reading tells how many there are: a small number. */
    final byte[] read(int count) throws FormatException {
        if (isMeasured() && count > remaining()) {
            throw tooShort(position(), count, remaining());
        }
        byte[] result = new byte[count];
        read(result, count);
        return result;
    }

    /** The error to throw for what stands at a byte. */
    final FormatException wrong(long offset, String problem) {
        return new FormatException(name, offset, problem);
    }

    /** The error to throw where there should be more. */
    final FormatException tooShort(long offset, int wanted, long found) {
        FormatException wrong = wrong(offset, "the file ends here: " + wanted + " bytes should follow, not " + found);
        wrong.initCause(new EOFException());
        return wrong;
    }
}
