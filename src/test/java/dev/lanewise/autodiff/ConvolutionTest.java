package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Window;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the convolution's rule does besides being right, which {@link RulesTest} checks: parts of a batch, and memory. */
class ConvolutionTest {

    private static final Window WINDOW = Window.of(3, 3).padding(1);

    /** More than is unfolded at a time: 100 images have 18 million elements of columns. */
    @Test
    void aBatchInPartsHasTheGradientsOfItsImages() {
        Random random = new Random(1);
        FloatArray images = smallWholes(random, 100, 2, 100, 100);
        FloatArray filters = smallWholes(random, 3, 2, 3, 3);
        FloatArray g = smallWholes(random, 100, 3, 100, 100);
        AdjointArray x = AdjointArray.variable(images);
        AdjointArray f = AdjointArray.variable(filters);
        x.conv2d(f, WINDOW).backward(g);
        FloatArray sum = FloatArray.zeros(filters.shape());
        for (int i = 0; i < 100; i++) {
            Index one = Index.range(i, i + 1);
            AdjointArray image = AdjointArray.variable(images.slice(one));
            AdjointArray same = AdjointArray.variable(filters);
            image.conv2d(same, WINDOW).backward(g.slice(one));
            assertEquals(image.grad(), Objects.requireNonNull(x.grad()).slice(one));
            sum = sum.add(Objects.requireNonNull(same.grad()));
        }
        assertEquals(sum, f.grad());
    }

    /** From -2 to 2, so that the sum of a million products is exact. */
    private static FloatArray smallWholes(Random random, int... dims) {
        float[] numbers = new float[Shape.of(dims).size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = random.nextInt(5) - 2;
        }
        return FloatArray.wrap(numbers, dims);
    }

    @Test
    void keepsImagesAndFiltersAlone() {
        AdjointArray x = AdjointArray.variable(FloatArray.ones(4, 2, 8, 8));
        AdjointArray f = AdjointArray.variable(FloatArray.ones(3, 2, 3, 3));
        assertEquals(
                (4 * 2 * 8 * 8 + 3 * 2 * 3 * 3) * 4,
                Graph.report(x.conv2d(f, WINDOW)).bytes());
        AdjointArray frozen = AdjointArray.constant(f.value());
        assertEquals(3 * 2 * 3 * 3 * 4, Graph.report(x.conv2d(frozen, WINDOW)).bytes());
    }

    @Test
    void poolingAndNoiseKeepNoArrays() {
        AdjointArray x = AdjointArray.variable(FloatArray.ones(4, 2, 8, 8));
        assertEquals(0, Graph.report(x.maxPool2d(Window.of(2, 2).stride(2))).bytes());
        assertEquals(0, Graph.report(x.avgPool2d(Window.of(2, 2).stride(2))).bytes());
        assertEquals(0, Graph.report(x.dropout(0.5f, 1)).bytes());
    }
}
