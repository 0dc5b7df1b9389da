package dev.lanewise.demo.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of messages in the wire format of Protocol Buffers, one after another off a stream. Large lists of numbers go
 * straight to where they are to stay: nothing else of a message is kept.
 */
final class Fields {

    /** How a field's value is written: the last three bits of its tag. */
    private static final int VARINT = 0;

    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH = 2;
    private static final int FOUR_BYTES = 5;

    /** So many numbers may be made room for before any is seen: a file that lies about a length costs no more. */
    private static final int UNSEEN = 16_384;

    private final InputStream in;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(65_536).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long filled;
    private long end = Long.MAX_VALUE;
    private long start;
    private int number;
    private int wire;

    Fields(InputStream in) {
        this.in = in;
    }

    /** What is done with a field of a message: reads its value, or {@link #skip()}s it. */
    @FunctionalInterface
    interface Reader {
        void read(int field) throws IOException;
    }

    /** Reads what is left of the message. */
    void forEach(Reader reader) throws IOException {
        while (hasMore()) {
            start = position();
            long tag = varint();
            number = (int) (tag >>> 3);
            wire = (int) tag & 7;
            if (tag >>> 32 != 0 || number == 0) {
                throw refusal("byte " + start + " starts no field");
            }
            reader.read(number);
        }
    }

    private boolean hasMore() throws IOException {
        if (position() > end) {
            throw refusal("the field at byte " + start + " reaches beyond what it is in");
        }
        if (end < Long.MAX_VALUE) {
            return position() < end;
        }
        return buffer.hasRemaining() || fill();
    }

    /** The fields of the message that is this field's value. */
    void message(Reader reader) throws IOException {
        long around = end;
        int length = length();
        end = position() + length;
        forEach(reader);
        end = around;
    }

    /** A whole number. */
    long integer() throws IOException {
        require(wire == VARINT);
        return varint();
    }

    /** Whole numbers, packed or one alone. */
    long[] integers() throws IOException {
        if (wire == VARINT) {
            return new long[] {varint()};
        }
        int length = length();
        long last = position() + length;
        long[] numbers = new long[8];
        int count = 0;
        while (position() < last) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, 2 * count);
            }
            numbers[count++] = varint();
        }
        return Arrays.copyOf(numbers, count);
    }

    /** A text. */
    String text() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int left = length(), part; left > 0; left -= part) {
            need(1);
            part = Math.min(left, buffer.remaining());
            bytes.write(buffer.array(), buffer.position(), part);
            buffer.position(buffer.position() + part);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** How many bytes a value has that is about to be read as {@link #floats}. */
    int length() throws IOException {
        require(wire == LENGTH);
        long length = varint();
        if (length < 0 || length > Integer.MAX_VALUE || position() + length > end) {
            throw refusal("the field at byte " + start + " is longer than what it is in: " + length + " bytes");
        }
        return (int) length;
    }

    /** Floats, packed or one alone. */
    float[] floats() throws IOException {
        if (wire == FOUR_BYTES) {
            return floats(1);
        }
        int bytes = length();
        if (bytes % Float.BYTES != 0) {
            throw refusal("the field at byte " + start + " has " + bytes + " bytes, which are not whole numbers");
        }
        return floats(bytes / Float.BYTES);
    }

    /** The next numbers. */
    float[] floats(int count) throws IOException {
        long there = (buffer.remaining() + (long) in.available()) / Float.BYTES;
        float[] numbers = new float[(int) Math.min(count, Math.max(there, UNSEEN))];
        for (int i = 0, part; i < count; i += part) {
            if (i == numbers.length) {
                numbers = Arrays.copyOf(numbers, (int) Math.min(count, 2L * i));
            }
            need(Float.BYTES);
            part = Math.min(numbers.length - i, buffer.remaining() / Float.BYTES);
            buffer.asFloatBuffer().get(numbers, i, part);
            buffer.position(buffer.position() + part * Float.BYTES);
        }
        return numbers;
    }

    /** Passes over the value. */
    void skip() throws IOException {
        switch (wire) {
            case VARINT -> varint();
            case EIGHT_BYTES -> skip(8);
            case LENGTH -> skip(length());
            case FOUR_BYTES -> skip(4);
            default -> throw refusal("the field at byte " + start + " is of the kind " + wire);
        }
    }

    /** Passes over bytes. */
    void skip(int bytes) throws IOException {
        for (int left = bytes, part; left > 0; left -= part) {
            need(1);
            part = Math.min(left, buffer.remaining());
            buffer.position(buffer.position() + part);
        }
    }

    private void require(boolean fits) {
        if (!fits) {
            throw refusal("field " + number + " at byte " + start + " is of the kind " + wire);
        }
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            need(1);
            byte b = buffer.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw refusal("the number at byte " + start + " does not end");
    }

    private void need(int bytes) throws IOException {
        while (buffer.remaining() < bytes) {
            if (!fill()) {
                throw refusal("it ends at byte " + filled + ", within the field at byte " + start);
            }
        }
    }

    private boolean fill() throws IOException {
        buffer.compact();
        int read = in.read(buffer.array(), buffer.position(), buffer.remaining());
        filled += Math.max(read, 0);
        buffer.position(buffer.position() + Math.max(read, 0)).flip();
        return read > 0;
    }

    private long position() {
        return filled - buffer.remaining();
    }

    private static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException("OnnxWeights: this is no ONNX model: " + why);
    }
}
