package dev.lanewise.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Files written out by hand. */
final class Bytes {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;

    private Bytes(ByteOrder order) {
        this.order = order;
    }

    static Bytes little() {
        return new Bytes(ByteOrder.LITTLE_ENDIAN);
    }

    static Bytes big() {
        return new Bytes(ByteOrder.BIG_ENDIAN);
    }

    Bytes bytes(int... values) {
        for (int value : values) {
            out.write(value);
        }
        return this;
    }

    Bytes raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    Bytes text(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    Bytes shorts(int... values) {
        for (int value : values) {
            raw(buffer(Short.BYTES).putShort((short) value).array());
        }
        return this;
    }

    Bytes ints(long... values) {
        for (long value : values) {
            raw(buffer(Integer.BYTES).putInt((int) value).array());
        }
        return this;
    }

    Bytes longs(long... values) {
        for (long value : values) {
            raw(buffer(Long.BYTES).putLong(value).array());
        }
        return this;
    }

    Bytes floats(float... values) {
        for (float value : values) {
            raw(buffer(Float.BYTES).putFloat(value).array());
        }
        return this;
    }

    Bytes doubles(double... values) {
        for (double value : values) {
            raw(buffer(Double.BYTES).putDouble(value).array());
        }
        return this;
    }

    int size() {
        return out.size();
    }

    byte[] toArray() {
        return out.toByteArray();
    }

    private ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(order);
    }
}
