package dev.lanewise.demo.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.lanewise.array.FloatArray;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxWeightsTest {

    private static final String NONE = "OnnxWeights: this is no ONNX model: ";

    private static TensorProto.Builder tensor(String name, long... dims) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setName(name).setDataType(TensorProto.DataType.FLOAT.getNumber());
        for (long dim : dims) {
            tensor.addDims(dim);
        }
        return tensor;
    }

    private static ByteString raw(float... numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * numbers.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(numbers);
        return ByteString.copyFrom(bytes);
    }

    private static NodeProto node(String type, List<String> inputs, String output) {
        return NodeProto.newBuilder()
                .setOpType(type)
                .addAllInput(inputs)
                .addOutput(output)
                .build();
    }

    private static OnnxWeights read(GraphProto.Builder graph) throws IOException {
        byte[] bytes = ModelProto.newBuilder().setGraph(graph).build().toByteArray();
        return OnnxWeights.read(new ByteArrayInputStream(bytes));
    }

    private static OnnxWeights of(TensorProto.Builder... tensors) throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder();
        for (TensorProto.Builder tensor : tensors) {
            graph.addInitializer(tensor);
        }
        return read(graph);
    }

    @Test
    void rawAndListedNumbers() throws IOException {
        OnnxWeights weights = of(
                tensor("b", 2, 3).setRawData(raw(1, 2, 3, 4, 5, Float.MIN_VALUE)),
                tensor("a", 2).addFloatData(-0f).addFloatData(7),
                tensor("scalar").setRawData(raw(3)),
                tensor("none", 0, 4));
        assertEquals(List.of("b", "a", "scalar", "none"), List.copyOf(weights.names()));
        assertEquals(FloatArray.of(new float[] {1, 2, 3, 4, 5, Float.MIN_VALUE}, 2, 3), weights.get("b"));
        assertEquals(FloatArray.of(-0f, 7), weights.get("a"));
        assertEquals(FloatArray.scalar(3), weights.get("scalar"));
        assertEquals(FloatArray.zeros(0, 4), weights.get("none"));
    }

    @Test
    void theMatrixThatBelongsToABias() throws IOException {
        GraphProto.Builder graph = GraphProto.newBuilder()
                .addInitializer(tensor("onnx::MatMul_7", 1, 1).setRawData(raw(7)))
                .addInitializer(tensor("onnx::MatMul_8", 1, 1).setRawData(raw(8)))
                .addInitializer(tensor("first.bias", 1).setRawData(raw(1)))
                .addInitializer(tensor("second.bias", 1).setRawData(raw(2)))
                .addInitializer(tensor("norm.bias", 1).setRawData(raw(3)))
                .addNode(node("MatMul", List.of("x", "onnx::MatMul_7"), "p"))
                .addNode(node("Add", List.of("second.bias", "p"), "q"))
                .addNode(node("MatMul", List.of("q", "onnx::MatMul_8"), "r"))
                .addNode(node("Add", List.of("r", "first.bias"), "s"))
                .addNode(node("MatMul", List.of("s", "q"), "scores"))
                .addNode(node("Add", List.of("scores", "norm.bias"), "t"))
                .addNode(node("MatMul", List.of("x"), "broken"))
                .addNode(node("Add", List.of("broken", "norm.bias"), "u"));
        OnnxWeights weights = read(graph);
        assertEquals(7, weights.matrixBefore("second.bias").item());
        assertEquals(8, weights.matrixBefore("first.bias").item());
        assertEquals(
                "OnnxWeights: no matrix product is followed by adding 'norm.bias'",
                refusal(() -> weights.matrixBefore("norm.bias")));
        graph.addNode(node("Add", List.of("first.bias", "p"), "v"));
        OnnxWeights twice = read(graph);
        assertEquals(
                "OnnxWeights: several layers add the bias 'first.bias'",
                refusal(() -> twice.matrixBefore("first.bias")));
    }

    @Test
    void refusals() throws IOException {
        OnnxWeights weights = of(
                tensor("long", 1)
                        .setDataType(TensorProto.DataType.INT64.getNumber())
                        .addInt64Data(1),
                tensor("away", 1).setDataLocation(TensorProto.DataLocation.EXTERNAL),
                tensor("short", 2, 2).setRawData(raw(1, 2, 3)),
                tensor("torn", 1).setRawData(ByteString.copyFrom(new byte[5])),
                tensor("negative", -1).setRawData(raw(1)),
                tensor("huge", 1L << 40).setRawData(raw(1)));
        assertEquals("OnnxWeights: there is no initialiser 'x'", refusal(() -> weights.get("x")));
        assertEquals(
                "OnnxWeights: 'long' is of the type INT64, and only FLOAT is read", refusal(() -> weights.get("long")));
        assertEquals("OnnxWeights: the numbers of 'away' are in another file", refusal(() -> weights.get("away")));
        assertEquals("OnnxWeights: 'short' has 3 numbers for the shape 2x2", refusal(() -> weights.get("short")));
        assertEquals(
                "OnnxWeights: 'torn' has 5 bytes, which are not whole numbers", refusal(() -> weights.get("torn")));
        assertEquals("OnnxWeights: 'negative' has a dimension of -1", refusal(() -> weights.get("negative")));
        assertEquals("OnnxWeights: 'huge' has a dimension of 1099511627776", refusal(() -> weights.get("huge")));
        assertEquals("OnnxWeights: two initialisers are named 'a'", refusal(() -> of(tensor("a", 0), tensor("a", 0))));
        assertEquals("OnnxWeights: there are no initialisers in this model", refusal(OnnxWeightsTest::of));
        assertTrue(refusal(() -> OnnxWeights.read(new ByteArrayInputStream(new byte[] {7, 7, 7})))
                .startsWith(NONE));
    }

    /** Larger than the reader's buffer, off a stream that hands out a few bytes at a time and does not say how many there are. */
    @Test
    void numbersOffAnyStream() throws IOException {
        float[] numbers = new float[100_000];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i * 0.1f;
        }
        GraphProto.Builder graph = GraphProto.newBuilder()
                .setName("x")
                .addInitializer(tensor("w", numbers.length).setRawData(raw(numbers)))
                .addInitializer(tensor("v", 1).setRawData(raw(2)));
        byte[] bytes = ModelProto.newBuilder().setGraph(graph).build().toByteArray();
        for (int most : new int[] {1, 7, 4096, Integer.MAX_VALUE}) {
            OnnxWeights weights = OnnxWeights.read(new ByteArrayInputStream(bytes) {
                @Override
                public int read(byte[] to, int offset, int length) {
                    return super.read(to, offset, Math.min(length, most));
                }

                @Override
                public int available() {
                    return most < Integer.MAX_VALUE ? 0 : super.available();
                }
            });
            assertEquals(FloatArray.of(numbers), weights.get("w"));
            assertEquals(2, weights.get("v").item());
        }
    }

    /** Lists may be written packed or number by number, and in several parts. */
    @Test
    void listsInAnyForm() throws IOException {
        byte[] tensor = bytes(out -> {
            out.writeString(8, "a");
            out.writeInt64(1, 2);
            out.writeByteArray(1, new byte[] {1, 3}); // packed
            out.writeInt32(2, TensorProto.DataType.FLOAT.getNumber());
            out.writeFloat(4, 1);
            out.writeBytes(4, raw(2, 3, 4));
            out.writeFloat(4, 5);
            out.writeFixed64(200, 1); // of a later version
            out.writeFixed32(201, 1);
            out.writeFloat(4, 6);
        });
        byte[] graph = bytes(out -> out.writeByteArray(5, tensor));
        byte[] model = bytes(out -> out.writeByteArray(7, graph));
        OnnxWeights weights = OnnxWeights.read(new ByteArrayInputStream(model));
        assertEquals(FloatArray.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 1, 3), weights.get("a"));
    }

    @Test
    void aFileThatEndsEarly() {
        byte[] model = ModelProto.newBuilder()
                .setIrVersion(7)
                .setGraph(GraphProto.newBuilder()
                        .addNode(node("Add", List.of("x", "b"), "y"))
                        .addInitializer(tensor("b", 3).setRawData(raw(1, 2, 3))))
                .build()
                .toByteArray();
        for (int length = 3; length < model.length; length++) {
            byte[] part = Arrays.copyOf(model, length);
            String message = refusal(() -> OnnxWeights.read(new ByteArrayInputStream(part)));
            assertTrue(message.startsWith(NONE + "it ends at byte " + length + ", w"), message);
        }
    }

    @Test
    void fieldsThatLie() throws IOException {
        byte[] huge = bytes(out -> {
            out.writeTag(9, WireFormat.WIRETYPE_LENGTH_DELIMITED);
            out.writeUInt32NoTag(1 << 30);
        });
        byte[] inner = bytes(out -> out.writeByteArray(5, huge));
        assertEquals(NONE + "the field at byte 4 goes on beyond what it is part of", refusal(() -> model(inner)));
        byte[] hollow = bytes(out -> {
            int length = 1 << 30;
            for (int field : new int[] {7, 5, 9}) { // of the model, of the graph, of the tensor
                out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
                out.writeUInt32NoTag(length);
                length -= 10;
            }
        });
        assertEquals(
                NONE + "it ends at byte 18, within the field at byte 12",
                refusal(() -> OnnxWeights.read(new ByteArrayInputStream(hollow))));
        assertEquals(
                NONE + "field 8 at byte 4 is of the kind 0",
                refusal(() -> model(bytes(out -> out.writeByteArray(5, bytes(in -> in.writeInt32(8, 1)))))));
        assertEquals(
                NONE + "what is at byte 0 is no field",
                refusal(() -> OnnxWeights.read(new ByteArrayInputStream(new byte[] {7, 7, 7}))));
        assertEquals(
                NONE + "the field at byte 2 has a number of too many bytes",
                refusal(() -> model(new byte[] {9 << 3, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0})));
        assertEquals(
                NONE + "the text at byte 8 is longer than any can be",
                refusal(() -> model(bytes(out ->
                        out.writeByteArray(5, bytes(in -> in.writeByteArray(8, new byte[70_000])))))));
    }

    /** Of every kind, in a message that ends within it while the stream goes on. */
    @Test
    void fieldsStayWithinTheirMessage() {
        byte[][] values = {
            {4 << 3 | 5, 0, 0, 0}, // a float of a tensor
            {4 << 3 | 2, 4, 0, 0, 0}, // floats
            {2 << 3, -1}, // a whole number
            {1 << 3 | 2, 2, 1}, // whole numbers
            {1 << 3 | 2, 1, -1}, // one, which goes on behind its list
            {10 << 3 | 5, 0, 0, 0}, // unknown ones
            {10 << 3 | 1, 0, 0, 0, 0, 0, 0, 0},
            {10 << 3, -1},
            {10 << 3 | 2, 9}
        };
        for (byte[] value : values) {
            byte[] model = new byte[40];
            model[0] = 7 << 3 | 2;
            model[1] = 38;
            model[2] = 5 << 3 | 2;
            model[3] = (byte) value.length;
            System.arraycopy(value, 0, model, 4, value.length);
            assertEquals(
                    NONE + "the field at byte 4 goes on beyond what it is part of",
                    refusal(() -> OnnxWeights.read(new ByteArrayInputStream(model))),
                    Arrays.toString(value));
        }
    }

    /** A little less than 2^31 bytes are announced. */
    @Test
    void lengthsAtTheEndOfInt() {
        byte[] pairs = new byte[65_536];
        byte[] start = {7 << 3 | 2, -1, -1, -1, -1, 7};
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = i < start.length ? start[i] : (byte) (i % 2 == 0 ? 0x10 : 1);
        }
        assertEquals(
                NONE + "it ends at byte 65536, where 2147418117 more should follow",
                refusal(() -> OnnxWeights.read(new ByteArrayInputStream(pairs))));
        byte[] beyond = {7 << 3 | 2, -1, -1, -1, -1, 15};
        assertEquals(
                NONE + "the field at byte 0 is longer than any can be",
                refusal(() -> OnnxWeights.read(new ByteArrayInputStream(beyond))));
    }

    @Test
    void listsOfDimensionsEnd() throws IOException {
        byte[] many = bytes(out -> {
            for (int i = 0; i < 65; i++) {
                out.writeInt64(1, 1);
            }
        });
        assertTrue(refusal(() -> model(bytes(out -> out.writeByteArray(5, many))))
                .matches("OnnxWeights: .*the list at byte \\d+ goes on beyond what can be"));
        byte[] packed = bytes(out -> out.writeByteArray(1, new byte[65]));
        assertTrue(refusal(() -> model(bytes(out -> out.writeByteArray(5, packed))))
                .matches("OnnxWeights: .*the list at byte \\d+ goes on beyond what can be"));
        assertEquals(NONE + "field 9 at byte 2 is of the kind 4", refusal(() -> model(new byte[] {9 << 3 | 4})));
    }

    /** Fields may come in any order and again, and the last is valid; numbers whose type is not known yet are not kept. */
    @Test
    void numbersBeforeTheirType() throws IOException {
        byte[] changing = bytes(out -> {
            out.writeString(8, "a");
            out.writeInt32(2, 1);
            out.writeBytes(9, raw(3));
            out.writeInt32(2, 7);
            out.writeBytes(9, raw(4, 5));
            out.writeInt32(2, 1);
            out.writeInt64(1, 1);
        });
        OnnxWeights weights = model(bytes(out -> out.writeByteArray(5, changing)));
        assertEquals("OnnxWeights: the numbers of 'a' come before their type", refusal(() -> weights.get("a")));
    }

    private interface Writer {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] bytes(Writer writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        writer.write(out);
        out.flush();
        return bytes.toByteArray();
    }

    private static OnnxWeights model(byte[] graph) throws IOException {
        return OnnxWeights.read(new ByteArrayInputStream(bytes(out -> out.writeByteArray(7, graph))));
    }

    private interface Action {
        void run() throws IOException;
    }

    private static String refusal(Action action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
