package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.array.Operand.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What chooses elements along an axis, against plain loops, for operands in every guise. */
class OrderPropertyTest {

    /** An operand and one of its axes. */
    private static final class Case {
        final Random random;
        final Operand x;
        final int axis;
        final int named;
        final int length;

        Case(long seed, int longest) {
            this.random = new Random(seed);
            int[] dims = Operand.dims(random, 1, 4);
            this.axis = random.nextInt(dims.length);
            if (random.nextInt(4) == 0) {
                Arrays.fill(dims, 1);
                dims[axis] = 1 + random.nextInt(longest);
            }
            this.x = Operand.of(random, Numbers.SPECIAL, dims);
            this.named = random.nextBoolean() ? axis : axis - dims.length;
            this.length = dims[axis];
        }

        /** The lengths with another one along the axis. */
        int[] dims(int along) {
            return moved(x.ref().dims, along);
        }

        int[] moved(int[] index, int along) {
            int[] result = index.clone();
            result[axis] = along;
            return result;
        }

        int[] somePositions(int count, int below) {
            int[] positions = new int[Ref.count(dims(count))];
            Arrays.setAll(positions, i -> random.nextInt(below));
            return positions;
        }

        /** The positions along the axis in order, at a place on the other axes. */
        List<Integer> inOrder(int[] place, boolean descending) {
            Comparator<Integer> order = (i, j) -> {
                double a = x.ref().get(moved(place, i));
                double b = x.ref().get(moved(place, j));
                if (Double.isNaN(a) || Double.isNaN(b)) {
                    return Boolean.compare(Double.isNaN(a), Double.isNaN(b));
                }
                return a < b ? -1 : a > b ? 1 : 0; // so that 0 and -0 are equal
            };
            List<Integer> positions = new ArrayList<>();
            for (int i = 0; i < length; i++) {
                positions.add(i);
            }
            positions.sort(descending ? order.reversed() : order); // stable
            return positions;
        }
    }

    @Property(tries = 500)
    void gathers(@ForAll long seed) {
        Case c = new Case(seed, 100);
        int count = c.length == 0 ? 0 : Operand.length(c.random);
        int[] positions = c.somePositions(count, Math.max(1, c.length));
        Ref at = Ref.fill(c.dims(count), index -> 0);
        Ref expected = Ref.fill(c.dims(count), index -> c.x.ref().get(c.moved(index, positions[at.place(index)])));
        expected.check(c.x.array().gatherAlong(c.named, count, positions), 0);
    }

    @Property(tries = 500)
    void scatters(@ForAll long seed) {
        Case c = new Case(seed, 100);
        int length = 1 + Operand.length(c.random);
        int[] positions = c.somePositions(c.length, length);
        Ref expected = Ref.fill(c.dims(length), index -> 0);
        Ref.forEach(c.x.ref().dims, index -> {
            int place = c.x.ref().place(index);
            expected.at[expected.place(c.moved(index, positions[place]))] += c.x.ref().at[place];
        });
        expected.check(c.x.array().scatterAddAlong(c.named, length, positions), 0);
    }

    @Property(tries = 500)
    void sorts(@ForAll long seed) {
        Case c = new Case(seed, 400);
        boolean descending = c.random.nextBoolean();
        check(
                c,
                c.length,
                descending,
                c.x.array().argsort(descending, c.named),
                c.x.array().sort(descending, c.named));
        if (!descending) {
            assertArrayEquals(c.x.array().argsort(false, c.named), c.x.array().argsort(c.named));
            assertEquals(c.x.array().sort(false, c.named), c.x.array().sort(c.named));
        }
    }

    /** Of few among many as well, which is another way. */
    @Property(tries = 1000)
    void theLargest(@ForAll long seed) {
        Case c = new Case(seed, 1000);
        int k = c.random.nextInt(1 + (c.random.nextBoolean() ? c.length : c.length / 8));
        check(c, k, true, c.x.array().argtopk(k, c.named), c.x.array().topk(k, c.named));
    }

    private static void check(Case c, int count, boolean descending, int[] positions, FloatArray values) {
        Ref expected =
                Ref.fill(c.dims(count), index -> c.inOrder(index, descending).get(index[c.axis]));
        int[] all = new int[expected.at.length];
        Arrays.setAll(all, i -> (int) expected.at[i]);
        assertArrayEquals(all, positions);
        Ref.fill(c.dims(count), index -> c.x.ref().get(c.moved(index, (int) expected.get(index))))
                .check(values, 0);
    }
}
