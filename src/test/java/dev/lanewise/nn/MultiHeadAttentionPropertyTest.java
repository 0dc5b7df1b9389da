package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The layer against its definition in double, over sizes that are no multiples of anything. */
class MultiHeadAttentionPropertyTest {

    @Property(tries = 150)
    void followsTheDefinition(
            @ForAll @IntRange(max = 3) int batch,
            @ForAll @IntRange(max = 19) int length,
            @ForAll @IntRange(min = 1, max = 3) int heads,
            @ForAll @IntRange(min = 1, max = 9) int columns,
            @ForAll @IntRange(max = 2) int maskKind,
            @ForAll long seed) {
        Random random = new Random(seed);
        int width = heads * columns;
        MultiHeadAttention layer = MultiHeadAttention.xavier(width, heads, random);
        FloatArray x = FloatArray.randn(random, batch, length, width);
        FloatArray mask = switch (maskKind) {
            case 0 -> FloatArray.ones(batch, length);
            case 1 -> FloatArray.rand(random, batch, length).gt(0.4f);
            default -> FloatArray.rand(random, batch, length, length).gt(0.4f);
        };
        FloatArray got = layer.infer(x, mask);
        FloatArray wanted = expected(layer, x, mask.rank() == 2 ? mask.unsqueeze(1) : mask);
        assertEquals(wanted.shape(), got.shape());
        assertTrue(got.closeTo(wanted, 1e-4, 1e-5), () -> got + " is not " + wanted);
    }

    private static FloatArray expected(MultiHeadAttention layer, FloatArray x, FloatArray mask) {
        int batch = x.shape().dim(0);
        int length = x.shape().dim(1);
        int width = x.shape().dim(2);
        int columns = width / layer.heads();
        float[] result = new float[x.size()];
        for (int b = 0; b < batch; b++) {
            double[][] in = rows(x, b, length, width);
            double[][] q = linear(layer, "query", in);
            double[][] k = linear(layer, "key", in);
            double[][] v = linear(layer, "value", in);
            double[][] mixed = new double[length][width];
            for (int column = 0; column < width; column++) {
                int from = column / columns * columns;
                for (int i = 0; i < length; i++) {
                    double sum = 0;
                    for (int j = 0; j < length; j++) {
                        if (mask.get(b, mask.shape().dim(1) == 1 ? 0 : i, j) != 0) {
                            double score = 0;
                            for (int c = from; c < from + columns; c++) {
                                score += q[i][c] * k[j][c];
                            }
                            double weight = Math.exp(score / Math.sqrt(columns));
                            sum += weight;
                            mixed[i][column] += weight * v[j][column];
                        }
                    }
                    mixed[i][column] = sum == 0 ? 0 : mixed[i][column] / sum;
                }
            }
            double[][] out = linear(layer, "out", mixed);
            for (int i = 0; i < length; i++) {
                for (int c = 0; c < width; c++) {
                    result[(b * length + i) * width + c] = (float) out[i][c];
                }
            }
        }
        return FloatArray.wrap(result, x.shape());
    }

    private static double[][] rows(FloatArray x, int b, int length, int width) {
        double[][] rows = new double[length][width];
        for (int i = 0; i < length; i++) {
            for (int c = 0; c < width; c++) {
                rows[i][c] = x.get(b, i, c);
            }
        }
        return rows;
    }

    private static double[][] linear(Layer layer, String name, double[][] in) {
        FloatArray weight = layer.parameter(name + ".weight").value();
        FloatArray bias = layer.parameter(name + ".bias").value();
        int out = bias.size();
        double[][] result = new double[in.length][out];
        for (int i = 0; i < in.length; i++) {
            for (int j = 0; j < out; j++) {
                result[i][j] = bias.get(j);
                for (int c = 0; c < in[i].length; c++) {
                    result[i][j] += in[i][c] * weight.get(c, j);
                }
            }
        }
        return result;
    }
}
