package dev.lanewise.optim;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.autodiff.Trainable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;

/**
 * What an optimizer remembers as arrays by name: {@code adam/learningRate}, and for each parameter that was updated
 * {@code adam/NAME/updates}, {@code adam/NAME/0}, {@code adam/NAME/1} and so on.
 */
final class OptimizerState {

    private static final int PIECES = 4;
    private static final int BITS = Long.SIZE / PIECES;

    private final String optimizer;
    private final List<Trainable> parameters;

    OptimizerState(String optimizer, List<Trainable> parameters) {
        this.optimizer = optimizer;
        this.parameters = parameters;
        Set<String> names = new HashSet<>();
        for (Trainable parameter : parameters) {
            if (!names.add(parameter.name())) {
                throw new IllegalStateException(optimizer + ": two parameters have the name '" + parameter.name()
                        + "', so what is remembered of them cannot be told apart");
            }
        }
    }

    private String rateKey() {
        return optimizer + "/learningRate";
    }

    private String prefix(Trainable parameter) {
        return optimizer + "/" + parameter.name() + "/";
    }

    SequencedMap<String, FloatArray> write(double learningRate, IdentityHashMap<Trainable, Optimizer.Memory> memories) {
        SequencedMap<String, FloatArray> state = new LinkedHashMap<>();
        state.put(rateKey(), inPieces(Double.doubleToLongBits(learningRate)));
        for (Trainable parameter : parameters) {
            Optimizer.Memory memory = memories.get(parameter);
            if (memory != null) {
                state.put(prefix(parameter) + "updates", inPieces(memory.updates()));
                Shape shape = parameter.leaf().shape();
                for (int i = 0; i < memory.arrays().size(); i++) {
                    state.put(
                            prefix(parameter) + i,
                            FloatArray.wrap(memory.arrays().get(i).clone(), shape));
                }
            }
        }
        return state;
    }

    double learningRate(Map<String, FloatArray> state) {
        return Double.longBitsToDouble(whole(state, rateKey()));
    }

    /** What is to be remembered of each parameter; throws if anything else is in the state. */
    IdentityHashMap<Trainable, Optimizer.Memory> read(Map<String, FloatArray> state) {
        IdentityHashMap<Trainable, Optimizer.Memory> memories = new IdentityHashMap<>();
        Set<String> known = new HashSet<>(Set.of(rateKey()));
        for (Trainable parameter : parameters) {
            String updates = prefix(parameter) + "updates";
            if (state.containsKey(updates)) {
                known.add(updates);
                memories.put(parameter, memory(parameter, whole(state, updates), state, known));
            }
        }
        for (String key : state.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(
                        optimizer + ": the state has '" + key + "', which nothing of this optimizer is called");
            }
        }
        return memories;
    }

    private Optimizer.Memory memory(
            Trainable parameter, long updates, Map<String, FloatArray> state, Set<String> known) {
        Shape shape = parameter.leaf().shape();
        List<float[]> arrays = new ArrayList<>();
        while (true) {
            String key = prefix(parameter) + arrays.size();
            FloatArray array = state.get(key);
            if (array == null) {
                return new Optimizer.Memory(shape.size(), arrays, updates);
            }
            if (!array.shape().equals(shape)) {
                throw new IllegalArgumentException(optimizer + ": the state has '" + key + "' of shape " + array.shape()
                        + " for a parameter of shape " + shape);
            }
            known.add(key);
            arrays.add(array.toArray());
        }
    }

    // ---- whole numbers of 64 bits, which no float holds

    private static FloatArray inPieces(long number) {
        float[] pieces = new float[PIECES];
        for (int i = 0; i < PIECES; i++) {
            pieces[i] = number >>> (i * BITS) & 0xFFFF;
        }
        return FloatArray.wrap(pieces);
    }

    private long whole(Map<String, FloatArray> state, String key) {
        FloatArray pieces = state.get(key);
        if (pieces == null) {
            throw new IllegalArgumentException(optimizer + ": the state has no '" + key + "'");
        }
        if (!pieces.shape().equals(Shape.of(PIECES))) {
            throw new IllegalArgumentException(optimizer + ": the state has '" + key + "' of shape " + pieces.shape()
                    + ", where a number takes shape " + PIECES);
        }
        long number = 0;
        for (int i = 0; i < PIECES; i++) {
            long piece = (long) pieces.get(i);
            if (piece != pieces.get(i) || piece < 0 || piece > 0xFFFF) {
                throw new IllegalArgumentException(optimizer + ": the state has " + pieces.get(i) + " in '" + key
                        + "', which is no piece of a number");
            }
            number |= piece << (i * BITS);
        }
        return number;
    }
}
