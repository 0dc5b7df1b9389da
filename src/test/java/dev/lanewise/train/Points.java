package dev.lanewise.train;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.data.Batches;
import dev.lanewise.data.Dataset;
import dev.lanewise.data.Split;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Relu;
import dev.lanewise.nn.Sequential;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.StreamSupport;

/** A small thing to learn: points within a ring, and points on it. */
final class Points {

    record Point(float x, float y, int label) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Batch(FloatArray points, int[] labels) {}

    static final Split<Point> SPLIT = Split.stratified(dataset(), 0.25, 0.25, 1, Point::label);

    private Points() {}

    private static Dataset<Point> dataset() {
        Random random = new Random(1);
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < 400; i++) {
            int label = i % 2;
            double angle = 2 * Math.PI * random.nextDouble();
            double radius = label == 0 ? random.nextDouble() : 1.4 + random.nextDouble();
            points.add(new Point((float) (radius * Math.cos(angle)), (float) (radius * Math.sin(angle)), label));
        }
        return Dataset.of(points);
    }

    static Batch batch(List<Point> points) {
        float[] numbers = new float[2 * points.size()];
        int[] labels = new int[points.size()];
        for (int i = 0; i < labels.length; i++) {
            numbers[2 * i] = points.get(i).x();
            numbers[2 * i + 1] = points.get(i).y();
            labels[i] = points.get(i).label();
        }
        return new Batch(FloatArray.wrap(numbers, labels.length, 2), labels);
    }

    /** The training batches of an epoch. */
    static List<Batch> epoch(long number) {
        return all(Batches.of(SPLIT.train(), 16).shuffled(3), number);
    }

    /** The validation batches. */
    static List<Batch> held() {
        return all(Batches.of(SPLIT.validation(), 40), 0);
    }

    private static List<Batch> all(Batches<Point> batches, long number) {
        return StreamSupport.stream(batches.epoch(number).spliterator(), false)
                .map(Points::batch)
                .toList();
    }

    static Sequential model() {
        Random random = new Random(5);
        return Sequential.builder()
                .add("first", Linear.he(2, 24, random))
                .add("relu", new Relu())
                .add("dropout", new Dropout(0.2f, 8))
                .add("second", Linear.he(24, 24, random))
                .add("relu2", new Relu())
                .add("head", Linear.xavier(24, 2, random))
                .build();
    }

    static Task<Batch> task(Sequential model) {
        return Task.classification(2, batch -> model.forward(AdjointArray.constant(batch.points())), Batch::labels);
    }
}
