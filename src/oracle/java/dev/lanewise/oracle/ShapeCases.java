package dev.lanewise.oracle;

import static dev.lanewise.oracle.Bound.ADDED;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Operations that move numbers about. */
final class ShapeCases {

    private final List<Case> cases = new ArrayList<>();

    static List<Case> all() {
        ShapeCases table = new ShapeCases();
        table.shapes();
        table.parts();
        table.borders();
        table.positions();
        table.joins();
        return table.cases;
    }

    private Case add(String name, Function<Draw, Trial> drawing) {
        Case added = new Case(name, d -> drawing.apply(d).measuredBy(Scale.terms()));
        cases.add(added);
        return added;
    }

    private void shapes() {
        add("reshape", d -> {
                    int[] dims = d.dims(0, 4);
                    FloatArray x = d.array(dims);
                    int[] to = d.flip() ? new int[] {x.size()} : reversed(dims);
                    boolean asShape = d.flip();
                    return Trial.one(
                            x, a -> asShape ? a.reshape(Shape.of(to)) : a.reshape(to), t -> t.reshape(Torch.longs(to)));
                })
                .second(Bound.EXACT);
        add("transpose", d -> {
                    FloatArray x = d.array(d.dims(0, 4));
                    int[] order = d.permutation(x.rank());
                    boolean reverse = d.flip();
                    int[] all = order.clone();
                    Arrays.setAll(all, i -> reverse ? all.length - 1 - i : order[i]);
                    return Trial.one(
                            x, a -> reverse ? a.transpose() : a.transpose(order), t -> t.permute(Torch.longs(all)));
                })
                .second(Bound.EXACT);
        add("t", d -> Trial.one(d.array(d.dims(2, 2)), a -> a.t(), Tensor::t)).second(Bound.EXACT);
        add("expand", d -> {
                    int[] to = d.dims(0, 4);
                    FloatArray x = d.array(d.broadcastable(to));
                    boolean asShape = d.flip();
                    return Trial.one(
                            x, a -> asShape ? a.expand(Shape.of(to)) : a.expand(to), t -> t.expand(Torch.longs(to)));
                })
                .gradient(ADDED)
                .second(ADDED);
        add("sumTo", d -> {
                    int[] dims = d.dims(0, 4);
                    int[] to = d.broadcastable(dims);
                    return Trial.one(d.array(dims), a -> a.sumTo(Shape.of(to)), t -> t.sum_to_size(Torch.longs(to)));
                })
                .anyZero()
                .value(ADDED)
                .second(ADDED);
        add("squeeze", d -> {
                    int[] dims = d.dims(0, 4);
                    int[] ones = d.axes(dims.length);
                    for (int axis : ones) {
                        dims[Math.floorMod(axis, dims.length)] = 1;
                    }
                    return Trial.one(
                            d.array(dims),
                            a -> a.squeeze(ones),
                            t -> ones.length == 0 ? t.squeeze() : t.squeeze(Torch.longs(ones)));
                })
                .second(Bound.EXACT);
        add("unsqueeze", d -> {
                    FloatArray x = d.array(d.dims(0, 4));
                    int axis = d.axis(x.rank() + 1);
                    return Trial.one(x, a -> a.unsqueeze(axis), t -> t.unsqueeze(axis));
                })
                .second(Bound.EXACT);
    }

    private static int[] reversed(int... dims) {
        int[] reversed = dims.clone();
        Arrays.setAll(reversed, i -> dims[dims.length - 1 - i]);
        return reversed;
    }

    private void parts() {
        add("slice", d -> {
                    int[] dims = d.dims(0, 4);
                    Index[] indices = indices(d, dims);
                    return Trial.one(d.array(dims), a -> a.slice(indices), t -> Torch.slice(t, indices));
                })
                .second(Bound.EXACT);
        add("place", d -> {
                    int[] dims = d.dims(0, 4);
                    Index[] indices = indices(d, dims);
                    Shape into = Shape.of(dims);
                    FloatArray x = d.array(
                            FloatArray.zeros(into).slice(indices).shape().dims());
                    return Trial.one(x, a -> a.place(into, indices), t -> Torch.place(t, into, indices));
                })
                .second(Bound.EXACT);
        add("gather", d -> {
                    int[] dims = d.someDims(1, 3);
                    int[] rows = rows(d, d.length(), dims[0]);
                    return Trial.one(d.array(dims), a -> a.gather(rows), t -> t.index_select(0, Torch.positions(rows)));
                })
                .gradient(ADDED)
                .second(ADDED);
        add("scatterAdd", d -> {
                    int[] dims = d.dims(1, 3);
                    int count = d.someLength();
                    int[] rows = rows(d, dims[0], count);
                    int[] into = dims.clone();
                    into[0] = count;
                    return Trial.one(
                            d.array(dims),
                            a -> a.scatterAdd(count, rows),
                            t -> Torch.zeros(t, into).index_add(0, Torch.positions(rows), t));
                })
                .anyZero()
                .value(ADDED)
                .second(ADDED);
    }

    private void borders() {
        add("pad", d -> {
                    int[] dims = d.dims(1, 3);
                    float value = d.flip() ? d.plain() : 0;
                    int[] around = new int[2 * d.below(dims.length + 1)];
                    Arrays.setAll(around, i -> d.below(4));
                    return Trial.one(d.array(dims), a -> a.pad(value, around), t -> padded(t, value, around));
                })
                .second(Bound.EXACT);
        add("band", d -> {
                    int low = d.below(11) - 5;
                    int high = low + d.below(6);
                    return Trial.one(
                            d.array(d.dims(2, 4)),
                            a -> a.band(low, high),
                            t -> t.tril(high).triu(low));
                })
                .second(Bound.EXACT);
        add("tril", d -> {
                    int diagonal = d.below(11) - 5;
                    return Trial.one(
                            d.array(d.dims(2, 4)),
                            a -> diagonal == 0 ? a.tril() : a.tril(diagonal),
                            t -> t.tril(diagonal));
                })
                .second(Bound.EXACT);
        add("triu", d -> {
                    int diagonal = d.below(11) - 5;
                    return Trial.one(
                            d.array(d.dims(2, 4)),
                            a -> diagonal == 0 ? a.triu() : a.triu(diagonal),
                            t -> t.triu(diagonal));
                })
                .second(Bound.EXACT);
    }

    /** libtorch lists the last dimension first. */
    private static Tensor padded(Tensor x, float value, int... around) {
        long[] lastFirst = new long[2 * Math.toIntExact(x.dim())];
        for (int i = 0; i < around.length; i++) {
            int axis = i / 2;
            lastFirst[lastFirst.length - 2 - 2 * axis + i % 2] = around[i];
        }
        return torch.constant_pad_nd(x, lastFirst, Torch.scalar(value));
    }

    private void positions() {
        add("gatherAlong", d -> {
                    int[] dims = d.someDims(1, 3);
                    int axis = d.axis(dims.length);
                    int along = Math.floorMod(axis, dims.length);
                    int count = d.length();
                    int[] result = dims.clone();
                    result[along] = count;
                    int[] positions = rows(d, Shape.of(result).size(), dims[along]);
                    return Trial.one(
                            d.array(dims),
                            a -> a.gatherAlong(axis, count, positions),
                            t -> t.gather(axis, Torch.positions(positions).reshape(Torch.longs(result))));
                })
                .gradient(ADDED)
                .second(ADDED);
        add("scatterAddAlong", d -> {
                    int[] dims = d.dims(1, 3);
                    int axis = d.axis(dims.length);
                    int length = d.someLength();
                    int[] into = dims.clone();
                    into[Math.floorMod(axis, dims.length)] = length;
                    int[] positions = rows(d, Shape.of(dims).size(), length);
                    return Trial.one(
                            d.array(dims),
                            a -> a.scatterAddAlong(axis, length, positions),
                            t -> Torch.zeros(t, into)
                                    .scatter_add(
                                            axis, Torch.positions(positions).reshape(Torch.longs(dims)), t));
                })
                .anyZero()
                .value(ADDED)
                .second(ADDED);
    }

    /** Indices for the leading dimensions, ranges also beyond their ends. */
    private static Index[] indices(Draw d, int... dims) {
        Index[] indices = new Index[d.below(dims.length + 1)];
        for (int i = 0; i < indices.length; i++) {
            int n = dims[i];
            indices[i] = switch (d.below(4)) {
                case 0 -> Index.all();
                case 1 -> n == 0 ? Index.all() : Index.at(d.below(2 * n) - n);
                case 2 -> Index.range(d.below(2 * n + 3) - n - 1, d.below(2 * n + 3) - n - 1);
                default -> Index.range(d.below(n + 1), Integer.MAX_VALUE, 1 + d.below(3));
            };
        }
        return indices;
    }

    private static int[] rows(Draw d, int count, int of) {
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> d.below(of));
        return rows;
    }

    private void joins() {
        add("append", d -> {
                    int[] dims = d.dims(1, 3);
                    int axis = d.axis(dims.length);
                    return Trial.of(
                            x -> x.getFirst().append(axis, x.subList(1, x.size())),
                            t -> torch.cat(Torch.vector(t), axis),
                            parts(d, axis, dims));
                })
                .second(Bound.EXACT);
        add("concat", d -> {
                    int[] dims = d.dims(1, 3);
                    int axis = d.axis(dims.length);
                    return Trial.of(
                            x -> ArrayOps.concat(axis, x), t -> torch.cat(Torch.vector(t), axis), parts(d, axis, dims));
                })
                .second(Bound.EXACT);
        add("stack", d -> {
                    int[] dims = d.dims(0, 3);
                    int axis = d.axis(dims.length + 1);
                    FloatArray[] arrays = new FloatArray[1 + d.below(3)];
                    Arrays.setAll(arrays, i -> d.array(dims));
                    return Trial.of(x -> ArrayOps.stack(axis, x), t -> torch.stack(Torch.vector(t), axis), arrays);
                })
                .second(Bound.EXACT);
    }

    /** Arrays that differ along one axis. */
    private static FloatArray[] parts(Draw d, int axis, int... dims) {
        FloatArray[] arrays = new FloatArray[1 + d.below(3)];
        for (int i = 0; i < arrays.length; i++) {
            int[] part = dims.clone();
            part[Math.floorMod(axis, dims.length)] = d.below(5);
            arrays[i] = d.array(part);
        }
        return arrays;
    }
}
