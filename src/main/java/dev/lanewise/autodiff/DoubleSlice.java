package dev.lanewise.autodiff;

import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import java.util.ArrayList;
import java.util.List;

/** The part of a {@link DoubleArray} that indices choose: for each dimension the positions that are taken, in full. */
final class DoubleSlice {

    private final List<List<Integer>> taken = new ArrayList<>();
    private final List<Integer> droppedAxes = new ArrayList<>();

    DoubleSlice(Shape whole, Index[] indices) {
        for (int axis = 0; axis < whole.rank(); axis++) {
            int length = whole.dim(axis);
            List<Integer> positions = new ArrayList<>();
            switch (axis < indices.length ? indices[axis] : Index.all()) {
                case Index.All _ -> addEvery(positions, 0, length, 1);
                case Index.At(int position) -> {
                    positions.add(position < 0 ? position + length : position);
                    droppedAxes.add(axis);
                }
                case Index.Range(int from, int to, int step) ->
                    addEvery(positions, bound(from, length), bound(to, length), step);
            }
            taken.add(positions);
        }
    }

    private static void addEvery(List<Integer> positions, int from, int to, int step) {
        for (long position = from; position < to; position += step) {
            positions.add((int) position);
        }
    }

    /** A bound counted from the start, and no further than the ends. */
    private static int bound(int given, int length) {
        return Math.max(0, Math.min(length, given < 0 ? given + length : given));
    }

    /** The shape of the part: an axis of which one position was chosen is dropped. */
    Shape shape() {
        List<Integer> dims = new ArrayList<>();
        for (int axis = 0; axis < taken.size(); axis++) {
            if (!droppedAxes.contains(axis)) {
                dims.add(taken.get(axis).size());
            }
        }
        return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
    }

    /** The position in the whole of a position in the part. */
    int[] source(int[] part) {
        int[] source = new int[taken.size()];
        int next = 0;
        for (int axis = 0; axis < source.length; axis++) {
            source[axis] = taken.get(axis).get(droppedAxes.contains(axis) ? 0 : part[next++]);
        }
        return source;
    }
}
