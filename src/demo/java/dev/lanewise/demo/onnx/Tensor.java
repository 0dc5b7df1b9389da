package dev.lanewise.demo.onnx;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** An initialiser as the file has it: a {@code TensorProto} of onnx.proto3, of which only float32 numbers are kept. */
final class Tensor {

    private static final int FLOAT = 1;

    private static final int MOST_DIMS = 64;

    private static final List<String> TYPES = List.of(
            "UNDEFINED",
            "FLOAT",
            "UINT8",
            "INT8",
            "UINT16",
            "INT16",
            "INT32",
            "INT64",
            "STRING",
            "BOOL",
            "FLOAT16",
            "DOUBLE",
            "UINT32",
            "UINT64",
            "COMPLEX64",
            "COMPLEX128",
            "BFLOAT16");

    private final Fields fields;
    private String name = "";
    private long[] dims = {};
    private long type;
    private long location;
    private int rawBytes;
    private float[] raw = {};
    private float[] listed = {};
    private int count;

    private Tensor(Fields fields) {
        this.fields = fields;
    }

    /** The message that is the value of the field at hand. */
    static Tensor read(Fields fields) throws IOException {
        Tensor tensor = new Tensor(fields);
        fields.message(tensor::field);
        return tensor;
    }

    private void field(int number) throws IOException {
        switch (number) {
            case 1 -> {
                long[] more = fields.integers(MOST_DIMS - dims.length);
                int before = dims.length;
                dims = Arrays.copyOf(dims, before + more.length);
                System.arraycopy(more, 0, dims, before, more.length);
            }
            case 2 -> type = fields.integer();
            case 4 -> list(fields.floats());
            case 8 -> name = fields.text();
            case 9 -> raw();
            case 14 -> location = fields.integer();
            default -> fields.skip();
        }
    }

    private void list(float[] more) {
        if (count + more.length > listed.length) {
            listed = Arrays.copyOf(listed, count == 0 ? more.length : Math.max(count + more.length, 2 * count));
        }
        System.arraycopy(more, 0, listed, count, more.length);
        count += more.length;
    }

    /** Numbers as they lie in memory; of another type they are passed over, and refused when they are asked for. */
    private void raw() throws IOException {
        rawBytes = fields.length();
        boolean wanted = (type == FLOAT || type == 0) && rawBytes % Float.BYTES == 0;
        if (wanted) {
            raw = fields.floats(rawBytes / Float.BYTES);
        } else {
            raw = new float[0];
            fields.skip(rawBytes);
        }
    }

    String name() {
        return name;
    }

    /** The numbers, which all that are asked for share. */
    FloatArray array() {
        if (type != FLOAT) {
            throw refusal("'" + name + "' is of the type " + typeName() + ", and only FLOAT is read");
        }
        if (location != 0) {
            throw refusal("the numbers of '" + name + "' are in another file");
        }
        Shape shape = Shape.of(Arrays.stream(dims).mapToInt(this::dim).toArray());
        if (rawBytes % Float.BYTES != 0) {
            throw refusal("'" + name + "' has " + rawBytes + " bytes, which are not whole numbers");
        }
        if (raw.length != rawBytes / Float.BYTES) {
            throw refusal("the numbers of '" + name + "' come before their type");
        }
        float[] numbers = rawBytes > 0 ? raw : Arrays.copyOf(listed, count);
        if (numbers.length != shape.size()) {
            throw refusal("'" + name + "' has " + numbers.length + " numbers for the shape " + shape);
        }
        return FloatArray.wrap(numbers, shape.dims());
    }

    private String typeName() {
        return type >= 0 && type < TYPES.size() ? TYPES.get((int) type) : "number " + type;
    }

    private int dim(long dim) {
        if (dim < 0 || dim > Integer.MAX_VALUE) {
            throw refusal("'" + name + "' has a dimension of " + dim);
        }
        return (int) dim;
    }

    private static IllegalArgumentException refusal(String why) {
        return new IllegalArgumentException("OnnxWeights: " + why);
    }
}
