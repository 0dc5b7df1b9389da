package dev.lanewise.demo.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The fields of messages in the wire format of Protocol Buffers, one after another off a stream. Large lists of numbers go
 * to where they are to stay: protobuf's own classes of messages would keep the whole file, and copy each tensor out of it.
 */
final class Fields {

    /** Bytes of a list of numbers that are read at a time. */
    private static final int CHUNK = 65_536;

    /** So many numbers may be made room for before any is seen: a file that lies about a length costs no more. */
    private static final int UNSEEN = CHUNK / Float.BYTES;

    private final CodedInputStream in;
    private int tag;
    private int start;

    Fields(InputStream in) {
        this.in = CodedInputStream.newInstance(in, CHUNK);
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
        try {
            forEach(reader);
        } catch (InvalidProtocolBufferException e) {
            IllegalArgumentException refusal =
                    refusal("the field at byte " + start + " cannot be read: " + e.getMessage());
            refusal.initCause(e);
            throw refusal;
        }
    }

    private void forEach(Reader reader) throws IOException {
        start = in.getTotalBytesRead();
        for (tag = in.readTag(); tag != 0; tag = in.readTag()) {
            reader.read(WireFormat.getTagFieldNumber(tag));
            start = in.getTotalBytesRead();
        }
    }

    /** The fields of the message that is this field's value. */
    void message(Reader reader) throws IOException {
        int around = in.pushLimit(length());
        forEach(reader);
        int missing = in.getBytesUntilLimit();
        if (missing > 0) {
            throw refusal("it ends at byte " + in.getTotalBytesRead() + ", where " + missing + " more should follow");
        }
        in.popLimit(around);
    }

    /** A whole number. */
    long integer() throws IOException {
        require(WireFormat.WIRETYPE_VARINT);
        return in.readInt64();
    }

    /** Whole numbers, packed or one alone, if they are not more than {@code most}. */
    long[] integers(int most) throws IOException {
        long[] numbers = new long[most];
        int count = 0;
        if (isOf(WireFormat.WIRETYPE_VARINT)) {
            requireRoom(count, most);
            numbers[count++] = in.readInt64();
        } else {
            int around = in.pushLimit(length());
            for (; in.getBytesUntilLimit() > 0; count++) {
                requireRoom(count, most);
                numbers[count] = in.readInt64();
            }
            in.popLimit(around);
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
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        return in.readString();
    }

    /** How many bytes the value has that is about to be read as {@link #floats(int)}, or passed over. */
    int length() throws IOException {
        require(WireFormat.WIRETYPE_LENGTH_DELIMITED);
        int length = in.readRawVarint32();
        if (length < 0 || length >= Integer.MAX_VALUE - in.getTotalBytesRead()) { // protobuf would count beyond an int
            throw refusal("the field at byte " + start + " is longer than any can be");
        }
        return length;
    }

    /** Floats, packed or one alone. */
    float[] floats() throws IOException {
        if (isOf(WireFormat.WIRETYPE_FIXED32)) {
            return new float[] {in.readFloat()};
        }
        int bytes = length();
        if (bytes % Float.BYTES != 0) {
            throw refusal("the field at byte " + start + " has " + bytes + " bytes, which are not whole numbers");
        }
        return floats(bytes / Float.BYTES);
    }

    /** The next numbers. */
    float[] floats(int count) throws IOException {
        float[] numbers = new float[Math.min(count, UNSEEN)];
        for (int i = 0, part; i < count; i += part) {
            if (i == numbers.length) {
                numbers = Arrays.copyOf(numbers, (int) Math.min(count, 2L * i));
            }
            part = Math.min(numbers.length - i, UNSEEN);
            byte[] bytes = in.readRawBytes(part * Float.BYTES);
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(numbers, i, part);
        }
        return numbers;
    }

    /** Passes over the value. */
    void skip() throws IOException {
        if (!in.skipField(tag)) {
            throw refusal("the field at byte " + start + " ends a group that did not begin");
        }
    }

    /** Passes over bytes. */
    void skip(int bytes) throws IOException {
        in.skipRawBytes(bytes);
    }

    private boolean isOf(int wireType) {
        return WireFormat.getTagWireType(tag) == wireType;
    }

    private void require(int wireType) {
        if (!isOf(wireType)) {
            throw refusal("field " + WireFormat.getTagFieldNumber(tag) + " at byte " + start + " is of the kind "
                    + WireFormat.getTagWireType(tag));
        }
    }

    private static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException("OnnxWeights: this is no ONNX model: " + why);
    }
}
