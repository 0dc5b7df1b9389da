package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.Operand.Numbers;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The matrix products against plain loops, for operands in every guise; the elements make all sums exact. */
class ProductsPropertyTest {

    private static int[] concat(int[] batch, int... matrix) {
        int[] dims = Arrays.copyOf(batch, batch.length + matrix.length);
        System.arraycopy(matrix, 0, dims, batch.length, matrix.length);
        return dims;
    }

    private static int length(Random random) {
        return random.nextInt(5) == 0 ? 15 + random.nextInt(20) : Operand.length(random);
    }

    @Property(tries = 1000)
    void matmul(@ForAll long seed) {
        Random random = new Random(seed);
        int m = length(random);
        int k = length(random);
        int n = length(random);
        int[] batch = new int[random.nextInt(4)];
        Arrays.setAll(batch, i -> random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(3));
        int[] left = random.nextInt(5) == 0 ? new int[] {k} : concat(Operand.broadcasting(random, batch), m, k);
        int[] right = random.nextInt(5) == 0 ? new int[] {k} : concat(Operand.broadcasting(random, batch), k, n);
        Operand a = Operand.of(random, Numbers.SPECIAL, left);
        Operand b = Operand.of(random, Numbers.SPECIAL, right);
        Ref.matmul(a.ref(), b.ref()).check(a.array().matmul(b.array()), 0);
    }

    /** One matrix against a dense batch, as in every linear layer: the batch becomes rows. */
    @Property(tries = 200)
    void batchesThatFoldIntoRows(@ForAll long seed) {
        Random random = new Random(seed);
        int k = length(random);
        int[] batch = {random.nextInt(4), 1 + random.nextInt(3), length(random)};
        FloatArray dense = FloatArray.wrap(floats(random, Ref.count(batch) * k), concat(batch, k));
        Ref ref = Ref.fill(concat(batch, k), i -> dense.get(i));
        Operand b = Operand.of(random, Numbers.EXACT, k, length(random));
        Ref.matmul(ref, b.ref()).check(dense.matmul(b.array()), 0);
        Ref.matmul(ref, b.ref()).check(dense.matmul(b.array().expand(batch[1], k, b.ref().dims[1])), 0);
    }

    private static float[] floats(Random random, int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = random.nextInt(9) - 4;
        }
        return numbers;
    }

    @Property(tries = 200)
    void strictRelatives(@ForAll long seed) {
        Random random = new Random(seed);
        int[] size = {length(random), length(random), length(random), Operand.length(random)};
        Operand u = Operand.of(random, Numbers.SPECIAL, size[1]);
        Operand v = Operand.of(random, Numbers.SPECIAL, size[1]);
        Ref.matmul(u.ref(), v.ref()).check(u.array().dot(v.array()), 0);
        Operand a = Operand.of(random, Numbers.SPECIAL, size[0], size[1]);
        Operand b = Operand.of(random, Numbers.SPECIAL, size[1], size[2]);
        Ref.matmul(a.ref(), b.ref()).check(a.array().mm(b.array()), 0);
        Operand c = Operand.of(random, Numbers.SPECIAL, size[3], size[0], size[1]);
        Operand d = Operand.of(random, Numbers.SPECIAL, size[3], size[1], size[2]);
        Ref.matmul(c.ref(), d.ref()).check(c.array().bmm(d.array()), 0);
    }

    /** {@code beta * m + alpha * product}, where a beta of 0 means that m is not looked at. */
    private static Ref combined(double beta, Ref m, double alpha, Ref product) {
        return beta == 0 ? product.map(p -> alpha * p) : Ref.zip((x, p) -> beta * x + alpha * p, m, product);
    }

    private static float factor(Random random) {
        return new float[] {0, 1, -1, .5f, 2}[random.nextInt(5)];
    }

    @Property(tries = 500)
    void withAddition(@ForAll long seed) {
        Random random = new Random(seed);
        int batch = random.nextInt(4);
        int m = length(random);
        int k = length(random);
        int n = length(random);
        float beta = factor(random);
        float alpha = factor(random);
        Operand a = Operand.of(random, Numbers.EXACT, batch, m, k);
        Operand b = Operand.of(random, Numbers.EXACT, batch, k, n);
        Operand one = Operand.of(random, Numbers.SPECIAL, Operand.broadcasting(random, new int[] {m, n}));
        Operand each = Operand.of(random, Numbers.SPECIAL, Operand.broadcasting(random, new int[] {batch, m, n}));
        Ref products = Ref.matmul(a.ref(), b.ref());
        combined(beta, each.ref(), alpha, products).check(each.array().baddbmm(beta, alpha, a.array(), b.array()), 0);
        boolean[] first = {true, false, false};
        Ref sum = products.fold(first, 0, Double::sum).drop(first);
        combined(beta, one.ref(), alpha, sum).check(one.array().addbmm(beta, alpha, a.array(), b.array()), 0);
        if (batch > 0) {
            FloatArray a0 = a.array().slice(Index.at(0));
            FloatArray b0 = b.array().slice(Index.at(0));
            Ref product = Ref.fill(new int[] {m, n}, i -> products.get(0, i[0], i[1]));
            combined(beta, one.ref(), alpha, product).check(one.array().addmm(beta, alpha, a0, b0), 0);
        }
        if (beta == 1 && alpha == 1) {
            assertEquals(
                    each.array().baddbmm(1, 1, a.array(), b.array()),
                    each.array().baddbmm(a.array(), b.array()));
            assertEquals(
                    one.array().addbmm(1, 1, a.array(), b.array()), one.array().addbmm(a.array(), b.array()));
        }
    }

    /** One operation, and the bits of the two that it stands for; whatever rows x has, dense or not. */
    @Property(tries = 500)
    void linearLayers(@ForAll long seed) {
        Random random = new Random(seed);
        int in = length(random);
        int out = length(random);
        int[][] shapes = {{in}, {length(random), in}, {random.nextInt(4), length(random), in}};
        Operand x = Operand.of(random, Numbers.SPECIAL, shapes[random.nextInt(3)]);
        Operand weight = Operand.of(random, Numbers.SPECIAL, in, out);
        Operand bias = Operand.of(random, Numbers.SPECIAL, out);
        assertEquals(
                x.array().matmul(weight.array()).add(bias.array()), x.array().linear(weight.array(), bias.array()));
    }

    @Property(tries = 300)
    void whatDoesNotFitIsRefused(@ForAll long seed) {
        Random random = new Random(seed);
        int[] left = concat(new int[] {2}, 1 + random.nextInt(4), 1 + random.nextInt(4));
        int[] right = concat(new int[] {2}, left[2] + 1 + random.nextInt(3), 1 + random.nextInt(4));
        FloatArray a = FloatArray.ones(left);
        FloatArray b = FloatArray.ones(right);
        assertThrows(IllegalArgumentException.class, () -> a.matmul(b));
        assertThrows(IllegalArgumentException.class, () -> a.bmm(b));
        right[1] = left[2];
        right[0] = 3;
        FloatArray c = FloatArray.ones(right);
        assertThrows(IllegalArgumentException.class, () -> a.matmul(c));
        assertThrows(IllegalArgumentException.class, () -> a.bmm(c));
    }
}
