package dev.lanewise.demo.onnx;

import dev.lanewise.array.FloatArray;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * The initialisers of an ONNX model, which are its weights, by name (<i>Open Neural Network Exchange</i>, onnx.proto3). Only
 * float32 numbers that stand in the file itself are read.
 */
public final class OnnxWeights {

    /** A node of two bytes takes some eighty here, so a small file could ask for gigabytes. */
    private static final int MOST_PARTS = 1_000_000;

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final Map<String, Node> makers = new HashMap<>();
    private final List<Node> nodes = new ArrayList<>();

    private OnnxWeights(InputStream in) throws IOException {
        Fields fields = new Fields(in);
        fields.readAll(ofModel -> {
            if (ofModel == 7) {
                fields.message(ofGraph -> part(ofGraph, fields));
            } else {
                fields.skip();
            }
        });
    }

    /** What is used of a {@code GraphProto}. */
    private void part(int number, Fields fields) throws IOException {
        if (nodes.size() + tensors.size() == MOST_PARTS) {
            throw new IllegalArgumentException(
                    "OnnxWeights: this model has more than " + MOST_PARTS + " nodes and initialisers");
        }
        switch (number) {
            case 1 -> {
                Node node = Node.read(fields);
                nodes.add(node);
                node.outputs.forEach(output -> makers.put(output, node));
            }
            case 5 -> {
                Tensor tensor = Tensor.read(fields);
                if (tensors.put(tensor.name(), tensor) != null) {
                    throw new IllegalArgumentException(
                            "OnnxWeights: two initialisers are named '" + tensor.name() + "'");
                }
            }
            default -> fields.skip();
        }
    }

    /** An operation of the graph, a {@code NodeProto}. */
    private static final class Node {

        private final List<String> inputs = new ArrayList<>();
        private final List<String> outputs = new ArrayList<>();
        private String type = "";

        static Node read(Fields fields) throws IOException {
            Node node = new Node();
            fields.message(number -> {
                switch (number) {
                    case 1 -> node.inputs.add(fields.text());
                    case 2 -> node.outputs.add(fields.text());
                    case 4 -> node.type = fields.text();
                    default -> fields.skip();
                }
            });
            return node;
        }
    }

    /**
     * Reads a model, its numbers from the stream into the arrays that {@link #get} gives.
     *
     * @throws IOException if reading fails
     * @throws IllegalArgumentException if this is no ONNX model
     */
    public static OnnxWeights read(InputStream in) throws IOException {
        OnnxWeights weights = new OnnxWeights(in);
        if (weights.tensors.isEmpty()) {
            throw new IllegalArgumentException("OnnxWeights: there are no initialisers in this model");
        }
        return weights;
    }

    /** The names of all initialisers, in the order of the file. */
    public SequencedSet<String> names() {
        return Collections.unmodifiableSequencedSet(new LinkedHashSet<>(tensors.keySet()));
    }

    /**
     * The initialiser of that name.
     *
     * @throws IllegalArgumentException if there is none, if it is not of float32, if its numbers are in another file, or if they
     *     do not fit its shape
     */
    public FloatArray get(String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalArgumentException("OnnxWeights: there is no initialiser '" + name + "'");
        }
        return tensor.array();
    }

    /**
     * The matrix, in x out, that a layer multiplies by before it adds the bias of that name. Exporters keep the names of
     * biases and give transposed weights new ones, such as {@code onnx::MatMul_885}; the graph says which belong together.
     *
     * @throws IllegalArgumentException unless there is one such layer
     */
    public FloatArray matrixBefore(String bias) {
        String found = null;
        for (Node node : nodes) {
            if (!node.type.equals("Add") || !node.inputs.contains(bias)) {
                continue;
            }
            for (String operand : node.inputs) {
                Node maker = makers.get(operand);
                if (maker != null
                        && maker.type.equals("MatMul")
                        && maker.inputs.size() == 2
                        && tensors.containsKey(maker.inputs.get(1))) {
                    if (found != null) {
                        throw new IllegalArgumentException("OnnxWeights: several layers add the bias '" + bias + "'");
                    }
                    found = maker.inputs.get(1);
                }
            }
        }
        if (found == null) {
            throw new IllegalArgumentException("OnnxWeights: no matrix product is followed by adding '" + bias + "'");
        }
        return get(found);
    }
}
