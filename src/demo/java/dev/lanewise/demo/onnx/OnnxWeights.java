package dev.lanewise.demo.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;

/**
 * The initialisers of an ONNX model, which are its weights, by name (<i>Open Neural Network Exchange</i>, onnx.proto3). Only
 * float32 numbers that stand in the file itself are read.
 */
public final class OnnxWeights {

    private final Map<String, TensorProto> tensors = new LinkedHashMap<>();
    private final Map<String, NodeProto> makers = new HashMap<>();
    private final GraphProto graph;

    private OnnxWeights(GraphProto graph) {
        this.graph = graph;
        for (TensorProto tensor : graph.getInitializerList()) {
            if (tensors.put(tensor.getName(), tensor) != null) {
                throw new IllegalArgumentException(
                        "OnnxWeights: two initialisers are named '" + tensor.getName() + "'");
            }
        }
        for (NodeProto node : graph.getNodeList()) {
            node.getOutputList().forEach(output -> makers.put(output, node));
        }
    }

    /**
     * Reads a model. What the names refer to is read when it is asked for.
     *
     * @throws IOException if reading fails
     * @throws IllegalArgumentException if this is no ONNX model
     */
    public static OnnxWeights read(InputStream in) throws IOException {
        ModelProto model;
        try {
            model = ModelProto.parseFrom(in);
        } catch (InvalidProtocolBufferException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalArgumentException("OnnxWeights: this is no ONNX model: " + e.getMessage(), e);
        }
        if (model.getGraph().getInitializerCount() == 0) {
            throw new IllegalArgumentException("OnnxWeights: there are no initialisers in this model");
        }
        return new OnnxWeights(model.getGraph());
    }

    /** The names of all initialisers, in the order of the file. */
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(tensors.keySet()));
    }

    /**
     * The initialiser of that name, a copy.
     *
     * @throws IllegalArgumentException if there is none, if it is not of float32, if its numbers are in another file, or if they
     *     do not fit its shape
     */
    public FloatArray get(String name) {
        TensorProto tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("OnnxWeights: there is no initialiser '" + name + "'");
        }
        if (tensor.getDataType() != TensorProto.DataType.FLOAT.getNumber()) {
            throw new IllegalArgumentException("OnnxWeights: '" + name + "' is of the type "
                    + TensorProto.DataType.forNumber(tensor.getDataType()) + ", and only FLOAT is read");
        }
        if (tensor.getDataLocation() != TensorProto.DataLocation.DEFAULT) {
            throw new IllegalArgumentException("OnnxWeights: the numbers of '" + name + "' are in another file");
        }
        Shape shape = Shape.of(
                tensor.getDimsList().stream().mapToInt(dim -> dim(name, dim)).toArray());
        float[] numbers = numbers(tensor);
        if (numbers.length != shape.size()) {
            throw new IllegalArgumentException(
                    "OnnxWeights: '" + name + "' has " + numbers.length + " numbers for the shape " + shape);
        }
        return FloatArray.wrap(numbers, shape.dims());
    }

    private static int dim(String name, long dim) {
        if (dim < 0 || dim > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("OnnxWeights: '" + name + "' has a dimension of " + dim);
        }
        return (int) dim;
    }

    private static float[] numbers(TensorProto tensor) {
        ByteString raw = tensor.getRawData();
        if (raw.isEmpty()) {
            float[] numbers = new float[tensor.getFloatDataCount()];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = tensor.getFloatData(i);
            }
            return numbers;
        }
        if (raw.size() % Float.BYTES != 0) {
            throw new IllegalArgumentException("OnnxWeights: '" + tensor.getName() + "' has " + raw.size()
                    + " bytes, which are not whole numbers");
        }
        float[] numbers = new float[raw.size() / Float.BYTES];
        raw.asReadOnlyByteBuffer()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(numbers);
        return numbers;
    }

    /**
     * The matrix, in x out, that a layer multiplies by before it adds the bias of that name. Exporters keep the names of
     * biases and give transposed weights new ones, such as {@code onnx::MatMul_885}; the graph says which belong together.
     *
     * @throws IllegalArgumentException unless there is one such layer
     */
    public FloatArray matrixBefore(String bias) {
        String found = null;
        for (NodeProto node : graph.getNodeList()) {
            if (!node.getOpType().equals("Add") || !node.getInputList().contains(bias)) {
                continue;
            }
            for (String operand : node.getInputList()) {
                NodeProto maker = makers.get(operand);
                if (maker != null
                        && maker.getOpType().equals("MatMul")
                        && maker.getInputCount() == 2
                        && tensors.containsKey(maker.getInput(1))) {
                    if (found != null) {
                        throw new IllegalArgumentException("OnnxWeights: several layers add the bias '" + bias + "'");
                    }
                    found = maker.getInput(1);
                }
            }
        }
        if (found == null) {
            throw new IllegalArgumentException("OnnxWeights: no matrix product is followed by adding '" + bias + "'");
        }
        return get(found);
    }
}
