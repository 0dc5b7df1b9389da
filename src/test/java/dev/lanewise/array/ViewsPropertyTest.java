package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.Operand.Numbers;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Views, slices and what moves elements, against plain loops, for operands in every guise. */
class ViewsPropertyTest {

    /** An index for each of some leading dimensions, and the positions that it stands for. */
    private static final class Cut {
        final Index[] indices;
        final int[][] positions;
        final boolean[] dropped;

        Cut(Index[] indices, int[][] positions, boolean[] dropped) {
            this.indices = indices;
            this.positions = positions;
            this.dropped = dropped;
        }

        static Cut of(Random random, int[] dims) {
            int count = random.nextInt(dims.length + 1);
            Index[] indices = new Index[count];
            int[][] positions = new int[dims.length][];
            boolean[] dropped = new boolean[dims.length];
            for (int i = 0; i < dims.length; i++) {
                int length = dims[i];
                positions[i] = IntStream.range(0, length).toArray();
                if (i >= count) {
                    continue;
                }
                int kind = random.nextInt(3);
                if (kind == 0 || (kind == 1 && length == 0)) {
                    indices[i] = Index.all();
                } else if (kind == 1) {
                    int at = random.nextInt(length);
                    indices[i] = Index.at(random.nextBoolean() ? at : at - length);
                    positions[i] = new int[] {at};
                    dropped[i] = true;
                } else {
                    int from = random.nextInt(2 * length + 5) - length - 2;
                    int to = random.nextInt(8) == 0 ? Integer.MAX_VALUE : random.nextInt(2 * length + 5) - length - 2;
                    int step = random.nextInt(8) == 0 ? Integer.MAX_VALUE : 1 + random.nextInt(4);
                    indices[i] = step == 1 ? Index.range(from, to) : Index.range(from, to, step);
                    positions[i] = taken(length, from, to, step);
                }
            }
            return new Cut(indices, positions, dropped);
        }

        /** NumPy's rule said another way: which of all positions lie in the range, on the step. */
        private static int[] taken(int length, int from, int to, int step) {
            long first = Math.max(0, from < 0 ? from + (long) length : from);
            long last = to < 0 ? to + (long) length : to;
            return IntStream.range(0, length)
                    .filter(i -> i >= first && i < last && (i - first) % step == 0)
                    .toArray();
        }

        int[] kept() {
            return Arrays.stream(positions).mapToInt(p -> p.length).toArray();
        }

        /** The index in the whole of an index of the part, dropped axes still there. */
        int[] whole(int[] index) {
            int[] result = new int[index.length];
            for (int i = 0; i < index.length; i++) {
                result[i] = positions[i][index[i]];
            }
            return result;
        }
    }

    @Property(tries = 1000)
    void slices(@ForAll long seed) {
        Random random = new Random(seed);
        Operand x = Operand.of(random, Numbers.SPECIAL, Operand.dims(random, 0, 4));
        Cut cut = Cut.of(random, x.ref().dims);
        FloatArray slice = x.array().slice(cut.indices);
        Ref.fill(cut.kept(), i -> x.ref().get(cut.whole(i))).drop(cut.dropped).check(slice, 0);
        assertSame(x.array().storage(), slice.storage(), "a slice is a view");
    }

    @Property(tries = 500)
    void placingIsTheTransposeOfSlicing(@ForAll long seed) {
        Random random = new Random(seed);
        int[] dims = Operand.dims(random, 0, 4);
        Cut cut = Cut.of(random, dims);
        Ref expected = Ref.fill(dims, i -> 0);
        Ref part = Ref.fill(cut.kept(), i -> 0).drop(cut.dropped);
        Operand x = Operand.of(random, Numbers.SPECIAL, part.dims);
        Ref full = x.ref().as(cut.kept());
        Ref.forEach(cut.kept(), i -> expected.at[expected.place(cut.whole(i))] = full.get(i));
        FloatArray placed = x.array().place(Shape.of(dims), cut.indices);
        expected.check(placed, 0);
        assertEquals(x.array(), placed.slice(cut.indices));
    }

    @Property(tries = 500)
    void transposes(@ForAll long seed) {
        Random random = new Random(seed);
        Operand x = Operand.of(random, Numbers.SPECIAL, Operand.dims(random, 0, 5));
        int rank = x.ref().rank();
        int[] order = Operand.shuffled(random, rank);
        int[] dims = Arrays.stream(order).map(axis -> x.ref().dims[axis]).toArray();
        Ref expected = Ref.fill(dims, i -> {
            int[] from = new int[rank];
            for (int axis = 0; axis < rank; axis++) {
                from[order[axis]] = i[axis];
            }
            return x.ref().get(from);
        });
        int[] named = Arrays.stream(order)
                .map(axis -> random.nextBoolean() ? axis : axis - rank)
                .toArray();
        if (rank > 0) {
            expected.check(x.array().transpose(named), 0);
            assertSame(x.array().storage(), x.array().transpose(named).storage(), "a transpose is a view");
        }
        int[] reversed =
                IntStream.range(0, rank).map(i -> x.ref().dims[rank - 1 - i]).toArray();
        Ref.fill(reversed, i -> {
                    int[] from = i.clone();
                    for (int axis = 0; axis < rank; axis++) {
                        from[axis] = i[rank - 1 - axis];
                    }
                    return x.ref().get(from);
                })
                .check(x.array().transpose(), 0);
    }

    @Property(tries = 1000)
    void reshapes(@ForAll long seed) {
        Random random = new Random(seed);
        Operand x = Operand.of(random, Numbers.SPECIAL, Operand.dims(random, 0, 4));
        int[] dims = factors(random, x.ref().at.length);
        FloatArray reshaped = x.array().reshape(dims);
        x.ref().as(dims).check(reshaped, 0);
        if (x.array().isContiguous()) {
            assertSame(x.array().storage(), reshaped.storage(), "a reshape of a dense array is a view");
        }
        if (dims.length > 0 && x.array().size() > 0) {
            int[] open = dims.clone();
            open[random.nextInt(dims.length)] = -1;
            assertEquals(reshaped, x.array().reshape(open));
        }
    }

    /** Merging and cutting dimensions that stand behind one another never needs a copy, whatever stands around them. */
    @Property(tries = 300)
    void reshapesThatNeedNoCopyAreViews(@ForAll long seed) {
        Random random = new Random(seed);
        int a = 2 + random.nextInt(3);
        int b = 2 + random.nextInt(3);
        int c = 2 + random.nextInt(3);
        FloatArray dense = FloatArray.arange(a * b * c * 6).reshape(6, a, b, c);
        FloatArray x = dense.transpose(3, 0, 1, 2);
        assertSame(dense.storage(), x.reshape(c, 6 * a * b).storage());
        assertSame(dense.storage(), x.reshape(c, 1, 2, 3 * a, b).storage());
        FloatArray rows = dense.slice(Index.range(1, 6, 2));
        assertSame(dense.storage(), rows.reshape(3, a * b, 1, c).storage());
        assertSame(
                dense.storage(),
                rows.expand(2, 3, a, b, c).reshape(2, 3, a * b * c).storage());
    }

    /** Lengths with the given product, of any rank. */
    private static int[] factors(Random random, int size) {
        if (size == 0) {
            return new int[][] {{0}, {3, 0}, {0, 5, 2}}[random.nextInt(3)];
        }
        int[] result = new int[6];
        int count = 0;
        int rest = size;
        while (count < 5 && (rest > 1 || random.nextInt(3) == 0)) {
            int whole = rest;
            int[] divisors =
                    IntStream.rangeClosed(1, rest).filter(d -> whole % d == 0).toArray();
            int divisor = divisors[random.nextInt(divisors.length)];
            result[count++] = divisor;
            rest /= divisor;
        }
        if (rest > 1) {
            result[count++] = rest;
        }
        return Arrays.copyOf(result, count);
    }

    @Property(tries = 500)
    void expansions(@ForAll long seed) {
        Random random = new Random(seed);
        int[] to = Operand.dims(random, 0, 4);
        Operand x = Operand.of(random, Numbers.SPECIAL, Operand.broadcasting(random, to));
        FloatArray expanded = x.array().expand(Shape.of(to));
        Ref.fill(to, x.ref()::repeated).check(expanded, 0);
        assertSame(x.array().storage(), expanded.storage(), "an expansion is a view");
    }

    @Property(tries = 500)
    void summingIsTheTransposeOfExpanding(@ForAll long seed) {
        Random random = new Random(seed);
        Operand x = Operand.of(random, Numbers.EXACT, Operand.dims(random, 0, 4));
        int[] to = Operand.broadcasting(random, x.ref().dims);
        Ref expected = Ref.fill(to, i -> 0);
        Ref.forEach(x.ref().dims, i -> {
            int[] own = Arrays.copyOfRange(i, i.length - to.length, i.length);
            for (int axis = 0; axis < to.length; axis++) {
                own[axis] = to[axis] == 1 ? 0 : own[axis];
            }
            expected.at[expected.place(own)] += x.ref().get(i);
        });
        expected.check(x.array().sumTo(Shape.of(to)), 0);
    }

    @Property(tries = 500)
    void gathersAndScatters(@ForAll long seed) {
        Random random = new Random(seed);
        Operand x = Operand.of(random, Numbers.EXACT, Operand.dims(random, 1, 3));
        int count = x.ref().dims[0];
        int[] rows = random.ints(count == 0 ? 0 : random.nextInt(9), 0, Math.max(1, count))
                .toArray();
        int[] dims = x.ref().dims.clone();
        dims[0] = rows.length;
        Ref.fill(dims, i -> {
                    int[] from = i.clone();
                    from[0] = rows[i[0]];
                    return x.ref().get(from);
                })
                .check(x.array().gather(rows), 0);

        Operand y = Operand.of(random, Numbers.EXACT, dims);
        Ref expected = Ref.fill(x.ref().dims, i -> 0);
        Ref.forEach(dims, i -> {
            int[] to = i.clone();
            to[0] = rows[i[0]];
            expected.at[expected.place(to)] += y.ref().get(i);
        });
        expected.check(y.array().scatterAdd(count, rows), 0);
    }

    @Property(tries = 500)
    void concatenations(@ForAll long seed) {
        Random random = new Random(seed);
        int[] dims = Operand.dims(random, 1, 3);
        int axis = random.nextInt(dims.length);
        int parts = 1 + random.nextInt(3);
        Operand[] operands = new Operand[parts];
        int[] starts = new int[parts + 1];
        for (int p = 0; p < parts; p++) {
            int[] own = dims.clone();
            own[axis] = Operand.length(random);
            operands[p] = Operand.of(random, Numbers.SPECIAL, own);
            starts[p + 1] = starts[p] + own[axis];
        }
        int[] whole = dims.clone();
        whole[axis] = starts[parts];
        FloatArray[] arrays = Arrays.stream(operands).map(Operand::array).toArray(FloatArray[]::new);
        int named = random.nextBoolean() ? axis : axis - dims.length;
        Ref.fill(whole, i -> {
                    int p = 0;
                    while (i[axis] >= starts[p + 1]) {
                        p++;
                    }
                    int[] own = i.clone();
                    own[axis] -= starts[p];
                    return operands[p].ref().get(own);
                })
                .check(FloatArray.concat(named, arrays), 0);
    }

    @Property(tries = 300)
    void stacks(@ForAll long seed) {
        Random random = new Random(seed);
        int[] dims = Operand.dims(random, 0, 3);
        int axis = random.nextInt(dims.length + 1);
        Operand[] operands = new Operand[1 + random.nextInt(3)];
        Arrays.setAll(operands, p -> Operand.of(random, Numbers.SPECIAL, dims));
        int[] whole = new int[dims.length + 1];
        System.arraycopy(dims, 0, whole, 0, axis);
        whole[axis] = operands.length;
        System.arraycopy(dims, axis, whole, axis + 1, dims.length - axis);
        FloatArray[] arrays = Arrays.stream(operands).map(Operand::array).toArray(FloatArray[]::new);
        int named = random.nextBoolean() ? axis : axis - whole.length;
        Ref.fill(whole, i -> {
                    int[] own = new int[dims.length];
                    System.arraycopy(i, 0, own, 0, axis);
                    System.arraycopy(i, axis + 1, own, axis, dims.length - axis);
                    return operands[i[axis]].ref().get(own);
                })
                .check(FloatArray.stack(named, arrays), 0);
    }

    @Property(tries = 300)
    void squeezesAndUnsqueezes(@ForAll long seed) {
        Random random = new Random(seed);
        Operand x = Operand.of(random, Numbers.SPECIAL, Operand.dims(random, 0, 4));
        int rank = x.ref().rank();
        int axis = random.nextInt(rank + 1);
        FloatArray wider = x.array().unsqueeze(random.nextBoolean() ? axis : axis - rank - 1);
        assertEquals(1, wider.shape().dim(axis));
        assertEquals(x.array(), wider.squeeze(axis));
        if (x.array().isContiguous()) {
            assertSame(x.array().storage(), wider.storage(), "a view");
        }
        FloatArray bare = wider.squeeze();
        assertTrue(Arrays.stream(bare.shape().dims()).noneMatch(dim -> dim == 1));
        assertEquals(x.array().reshape(bare.shape()), bare);
    }

    @Property(tries = 300)
    void equalityLooksAtElementsAndNotAtStorage(@ForAll long seed) {
        Random random = new Random(seed);
        Operand x = Operand.of(random, Numbers.SPECIAL, Operand.dims(random, 0, 4));
        FloatArray dense = FloatArray.wrap(x.array().toArray(), x.array().shape());
        assertEquals(dense, x.array());
        assertEquals(dense.hashCode(), x.array().hashCode());
        if (dense.size() > 0) {
            float[] other = dense.toArray();
            int at = random.nextInt(other.length);
            other[at] = Float.isNaN(other[at]) ? 0 : Float.NaN;
            assertNotEquals(FloatArray.wrap(other, dense.shape()), x.array());
        }
    }

    @Property(tries = 200)
    void copiesGoWhereTheyAreTold(@ForAll long seed) {
        Random random = new Random(seed);
        Operand x = Operand.of(random, Numbers.EXACT, Operand.dims(random, 0, 4));
        int before = random.nextInt(4);
        float[] target = new float[before + x.array().size() + 2];
        Arrays.fill(target, 99);
        x.array().copyTo(target, before);
        for (int i = 0; i < target.length; i++) {
            boolean inside = i >= before && i < before + x.array().size();
            assertEquals(inside ? (float) x.ref().at[i - before] : 99, target[i]);
        }
    }

    @Property(tries = 300)
    void padsWithANumber(@ForAll long seed) {
        Random random = new Random(seed);
        Operand x = Operand.of(random, Numbers.SPECIAL, Operand.dims(random, 0, 4));
        int[] before = new int[x.ref().rank()];
        int[] dims = x.ref().dims.clone();
        int[] widths = new int[2 * random.nextInt(dims.length + 1)];
        for (int i = 0; 2 * i < widths.length; i++) {
            before[i] = random.nextInt(3);
            widths[2 * i] = before[i];
            widths[2 * i + 1] = random.nextInt(3);
            dims[i] += before[i] + widths[2 * i + 1];
        }
        float value = new float[] {0, -0f, 2, Float.NEGATIVE_INFINITY}[random.nextInt(4)];
        Ref.fill(dims, index -> {
                    int[] inside = index.clone();
                    boolean isInside = true;
                    for (int i = 0; i < inside.length; i++) {
                        inside[i] -= before[i];
                        isInside &= inside[i] >= 0 && inside[i] < x.ref().dims[i];
                    }
                    return isInside ? x.ref().get(inside) : value;
                })
                .check(x.array().pad(value, widths), 0);
    }

    @Property(tries = 300)
    void bands(@ForAll long seed) {
        Random random = new Random(seed);
        Operand x = Operand.of(random, Numbers.SPECIAL, Operand.dims(random, 2, 4));
        int low = random.nextInt(13) - 6;
        int high = random.nextInt(13) - 6;
        band(x, low, high).check(x.array().band(low, high), 0);
        band(x, Integer.MIN_VALUE, high).check(x.array().tril(high), 0);
        band(x, low, Integer.MAX_VALUE).check(x.array().triu(low), 0);
    }

    private static Ref band(Operand x, int low, int high) {
        return Ref.fill(x.ref().dims, index -> {
            int diagonal = index[index.length - 1] - index[index.length - 2];
            return low <= diagonal && diagonal <= high ? x.ref().get(index) : 0;
        });
    }
}
