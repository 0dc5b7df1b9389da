package dev.lanewise.demo.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of messages in the wire format of Protocol Buffers (<i>Encoding</i>, protobuf.dev), one after another off a stream.
 * Numbers go through one small buffer to where they are to stay: memory that is touched for the first time is what reading a
 * model mostly costs, and protobuf's own classes touch it several times over.
 */
final class Fields {

    private static final int CHUNK = 65_536;

    /** So many numbers may be made room for before any is seen: a file that lies about a length costs no more. */
    private static final int UNSEEN = CHUNK / Float.BYTES;

    // kinds of values
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final InputStream in;
    private final byte[] buffer = new byte[CHUNK];
    private final ByteBuffer numbersOfBuffer = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);

    /** What is buffered and not yet read. */
    private int at;

    private int end;

    /** Bytes of the stream that were read before those in the buffer. */
    private long before;

    /** Where the message at hand ends. */
    private long limit = Long.MAX_VALUE;

    private long start;
    private int field;
    private int kind;

    Fields(InputStream in) {
        this.in = in;
    }

    /** What is done with a field of a message: reads its value, or {@link #skip()}s it. */
    @FunctionalInterface
    interface Reader {
        void read(int field) throws IOException;
    }

    /**
     * Reads a whole stream, which is one message.
     *
     * @throws IllegalArgumentException if it is none
     */
    void readAll(Reader reader) throws IOException {
        while (next()) {
            reader.read(field);
        }
    }

    /** The fields of the message that is this field's value. */
    void message(Reader reader) throws IOException {
        long around = limit;
        long length = length();
        limit = position() + length;
        readAll(reader);
        if (position() < limit) {
            throw refusal("it ends at byte " + position() + ", where " + (limit - position()) + " more should follow");
        }
        limit = around;
    }

    /** Goes on to the next field, if the message has one. */
    private boolean next() throws IOException {
        start = position();
        if (start == limit || at == end && !fill()) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        kind = (int) tag & 7;
        if (tag >>> 32 != 0 || field == 0) {
            throw refusal("what is at byte " + start + " is no field");
        }
        return true;
    }

    /** A whole number. */
    long integer() throws IOException {
        require(VARINT);
        return varint();
    }

    /** Whole numbers, packed or one alone, if they are not more than {@code most}. */
    long[] integers(int most) throws IOException {
        long[] numbers = new long[most];
        int count = 0;
        if (kind == VARINT) {
            requireRoom(count, most);
            numbers[count++] = varint();
        } else {
            long around = limit;
            long length = length();
            limit = position() + length;
            for (; position() < limit; count++) {
                requireRoom(count, most);
                numbers[count] = varint();
            }
            limit = around;
        }
        return Arrays.copyOf(numbers, count);
    }

    private void requireRoom(int count, int most) {
        if (count == most) {
            throw refusal("the list at byte " + start + " goes on beyond what can be");
        }
    }

    /** A text. */
    String text() throws IOException {
        int length = length();
        if (length > CHUNK) {
            throw refusal("the text at byte " + start + " is longer than any can be");
        }
        buffer(length);
        at += length;
        return new String(buffer, at - length, length, StandardCharsets.UTF_8);
    }

    /** How many bytes the value has that is about to be read as {@link #floats(int)}, or passed over. */
    int length() throws IOException {
        require(DELIMITED);
        long length = varint();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw refusal("the field at byte " + start + " is longer than any can be");
        }
        requireWithinMessage(length);
        return (int) length;
    }

    /** Floats, packed or one alone. */
    float[] floats() throws IOException {
        if (kind == FIXED32) {
            requireWithinMessage(Float.BYTES);
            return floats(1);
        }
        int bytes = length();
        if (bytes % Float.BYTES != 0) {
            throw refusal("the field at byte " + start + " has " + bytes + " bytes, which are not whole numbers");
        }
        return floats(bytes / Float.BYTES);
    }

    /** The next numbers: room is made for as many as the stream says are there, or else as have come. */
    float[] floats(int count) throws IOException {
        long likely = Math.max(position(), in.available()) / Float.BYTES;
        float[] numbers = new float[(int) Math.min(count, Math.max(UNSEEN, likely))];
        for (int i = 0, part; i < count; i += part) {
            if (i == numbers.length) {
                numbers = Arrays.copyOf(numbers, (int) Math.min(count, 2L * i));
            }
            buffer(Float.BYTES);
            part = Math.min((end - at) / Float.BYTES, numbers.length - i);
            numbersOfBuffer.position(at).asFloatBuffer().get(numbers, i, part);
            at += part * Float.BYTES;
        }
        return numbers;
    }

    /** Passes over the value. */
    void skip() throws IOException {
        switch (kind) {
            case VARINT -> varint();
            case FIXED64 -> skipFixed(Long.BYTES);
            case FIXED32 -> skipFixed(Integer.BYTES);
            default -> skip(length());
        }
    }

    private void skipFixed(int bytes) throws IOException {
        requireWithinMessage(bytes);
        skip(bytes);
    }

    /** Passes over bytes. */
    void skip(int bytes) throws IOException {
        for (int left = bytes, part; left > 0; left -= part) {
            buffer(1);
            part = Math.min(left, end - at);
            at += part;
        }
    }

    /** Seven bits of a byte at a time, the lowest first; the eighth says whether more follow. */
    private long varint() throws IOException {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            requireWithinMessage(1);
            buffer(1);
            byte bits = buffer[at++];
            number |= (bits & 0x7FL) << shift;
            if (bits >= 0) {
                return number;
            }
        }
        throw refusal("the field at byte " + start + " has a number of too many bytes");
    }

    private void requireWithinMessage(long bytes) {
        if (bytes > limit - position()) {
            throw refusal("the field at byte " + start + " goes on beyond what it is part of");
        }
    }

    private long position() {
        return before + at;
    }

    /** Sees to it that the buffer has so many bytes. */
    private void buffer(int bytes) throws IOException {
        while (end - at < bytes) {
            if (!fill()) {
                before += end; // all of what is left of it
                at = 0;
                end = 0;
                throw refusal("it ends at byte " + position() + ", within the field at byte " + start);
            }
        }
    }

    /** Adds to what is left in the buffer, unless the stream has ended. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, at, buffer, 0, end - at);
        before += at;
        end -= at;
        at = 0;
        int more = in.read(buffer, end, CHUNK - end);
        end += Math.max(0, more);
        return more >= 0;
    }

    private void require(int wanted) {
        if (kind != wanted) {
            throw refusal("field " + field + " at byte " + start + " is of the kind " + kind);
        }
    }

    private static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException("OnnxWeights: this is no ONNX model: " + why);
    }
}
