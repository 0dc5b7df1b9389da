package dev.lanewise.demo;

import dev.lanewise.array.FloatArray;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Real handwritten digits: see the README beside the file for where they come from.
 *
 * @param images digits x 64 pixels in row-major order, from 0 for paper to 1 for ink
 * @param labels what each is, counted from the smallest digit among them
 */
record Digits(FloatArray images, int[] labels) {

    private static final String FILE = "digits.csv.gz";
    private static final int PIXELS = 64;
    private static final int INK = 16;

    /** Two parts of one collection. */
    record Split(Digits training, Digits heldOut) {}

    /** All 1,797. */
    static Digits load() {
        List<String> lines;
        try (InputStream file = Digits.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not on the class path beside " + Digits.class.getName());
            }
            lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.US_ASCII))
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        float[] pixels = new float[lines.size() * PIXELS];
        int[] labels = new int[lines.size()];
        for (int row = 0; row < labels.length; row++) {
            String[] fields = lines.get(row).split(",", -1);
            for (int i = 0; i < PIXELS; i++) {
                pixels[row * PIXELS + i] = (float) Integer.parseInt(fields[i]) / INK;
            }
            labels[row] = Integer.parseInt(fields[PIXELS]);
        }
        return new Digits(FloatArray.wrap(pixels, labels.length, PIXELS), labels);
    }

    int size() {
        return labels.length;
    }

    /** The chosen rows, in the order given. */
    Digits rows(int... rows) {
        return new Digits(
                images.gather(rows), IntStream.of(rows).map(row -> labels[row]).toArray());
    }

    /** The digits from {@code first} to {@code last}, labelled from 0. */
    Digits between(int first, int last) {
        Digits chosen = rows(IntStream.range(0, size())
                .filter(row -> labels[row] >= first && labels[row] <= last)
                .toArray());
        return new Digits(
                chosen.images,
                IntStream.of(chosen.labels).map(label -> label - first).toArray());
    }

    /** The first {@code training} digits of a random order, and the others. */
    Split split(int training, RandomGenerator random) {
        int[] order = shuffled(random);
        return new Split(rows(Arrays.copyOf(order, training)), rows(Arrays.copyOfRange(order, training, order.length)));
    }

    /** The numbers of all rows in a random order. */
    int[] shuffled(RandomGenerator random) {
        int[] order = IntStream.range(0, size()).toArray();
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }
}
