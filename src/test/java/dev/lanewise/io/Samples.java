package dev.lanewise.io;

import dev.lanewise.array.FloatArray;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.RandomDistribution;

/** Files of other tools, and arrays to write. */
final class Samples {

    private static final int SIZE = 24;

    private Samples() {}

    /** A file that make.py has written. */
    static byte[] file(String name) {
        try (InputStream in = Samples.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The array 2x3x4 that make.py has written.
     *
     * @param kind b for booleans, u and i for integers, f for floating numbers
     */
    static FloatArray array(char kind) {
        float[] elements = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            elements[i] = switch (kind) {
                case 'b' -> i % 3 == 0 ? 1 : 0;
                case 'u' -> 5 * i;
                case 'i' -> 5 * (i - 12);
                case 'f' -> (i - 12) * 0.375f;
                default -> throw new IllegalArgumentException("no kind " + kind);
            };
        }
        return FloatArray.of(elements, 2, 3, 4);
    }

    /** Arrays of 0 to 4 dimensions and any bits, some of them views with strides of their own. */
    static Arbitrary<FloatArray> arrays() {
        Arbitrary<List<Integer>> dims =
                Arbitraries.integers().between(0, 5).list().ofMaxSize(4);
        return dims.flatMap(lengths -> {
            int[] shape = lengths.stream().mapToInt(Integer::intValue).toArray();
            int size = 1;
            for (int length : shape) {
                size *= length;
            }
            Arbitrary<Integer> bits = Arbitraries.oneOf(
                    Arbitraries.integers().withDistribution(RandomDistribution.uniform()),
                    Arbitraries.of(0, Integer.MIN_VALUE, 1, 0x7F800000, 0x7F800001, 0x7FC00000, 0xFFFFFFFF));
            return bits.array(int[].class)
                    .ofSize(size)
                    .flatMap(elements -> Arbitraries.of(true, false).map(view -> array(elements, shape, view)));
        });
    }

    private static FloatArray array(int[] bits, int[] shape, boolean view) {
        float[] elements = new float[bits.length];
        for (int i = 0; i < bits.length; i++) {
            elements[i] = Float.intBitsToFloat(bits[i]);
        }
        FloatArray array = FloatArray.of(elements, shape);
        if (!view) {
            return array;
        }
        int[] order = new int[shape.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = order.length - 1 - i;
        }
        return array.transpose(order);
    }

    /** The bits of all elements, which {@code equals} does not tell apart where they are NaNs. */
    static List<Integer> bits(FloatArray array) {
        List<Integer> bits = new ArrayList<>();
        for (float element : array.toArray()) {
            bits.add(Float.floatToRawIntBits(element));
        }
        return bits;
    }
}
