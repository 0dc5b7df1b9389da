package dev.lanewise.oracle;

import static dev.lanewise.oracle.Torch.longs;
import static dev.lanewise.oracle.Torch.scalar;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Window;
import dev.lanewise.nn.Losses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** What layers of networks are made of, and losses. */
final class NeuralCases {

    private final List<Case> cases = new ArrayList<>();

    static List<Case> all() {
        NeuralCases table = new NeuralCases();
        table.layers();
        table.windows();
        table.pooling();
        table.losses();
        return table.cases;
    }

    private Case add(Case added) {
        cases.add(added);
        return added;
    }

    private void layers() {
        cases.addAll(NormalizationCases.all());
        add(new Case("dropout", d -> {
                    int[] dims = d.dims(0, 4);
                    float rate = d.below(10) / 10f;
                    long seed = d.below(Integer.MAX_VALUE);
                    return Trial.one(
                            d.array(dims),
                            a -> a.dropout(rate, seed),
                            t -> t.mul(Torch.tensor(kept(rate, seed, dims), t)));
                }))
                .anyZero()
                .value(Bound.ROUNDED)
                .gradient(Bound.ROUNDED)
                .second(Bound.ROUNDED)
                .differs(Difference.of(
                        "what is dropped is 0, whatever it was; multiplied by a mask, as in libtorch, an"
                                + " infinity is NaN",
                        e -> e.ours() == 0 && e.libtorchIsNaN() && !Float.isFinite(e.isValue() ? e.x() : e.g())))
                .note("libtorch's own masks are other ones (compared with a product with the mask that is documented"
                        + " here)");
        add(new Case("embedding", d -> {
                    int[] table = d.someDims(2, 2);
                    int[][] batch = new int[1 + d.below(4)][1 + d.below(8)];
                    for (int[] rows : batch) {
                        Arrays.setAll(rows, i -> d.below(table[0]));
                    }
                    int[] flat =
                            Arrays.stream(batch).flatMapToInt(Arrays::stream).toArray();
                    if (batch.length == 1) {
                        return Trial.one(
                                        d.array(table),
                                        a -> a.embedding(flat),
                                        t -> torch.embedding(t, Torch.positions(flat)))
                                .measuredBy(Scale.terms());
                    }
                    return Trial.one(
                                    d.array(table),
                                    a -> a.embedding(batch),
                                    t -> torch.embedding(
                                            t, Torch.positions(flat).reshape(batch.length, batch[0].length)))
                            .measuredBy(Scale.terms());
                }))
                .gradient(Bound.ADDED)
                .second(Bound.ADDED);
    }

    /** 1 / (1 - rate) where an element stays, else 0; worked out as the documentation says. */
    private static FloatArray kept(float rate, long seed, int... dims) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] mask = new float[Shape.of(dims).size()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = (random.nextLong() >>> 40) * 0x1p-24f >= rate ? 1 / (1 - rate) : 0;
        }
        return FloatArray.wrap(mask, Shape.of(dims));
    }

    // ---- windows

    private record Slide(int rows, int columns, int down, int right, int padRows, int padColumns, int dilation) {

        static Slide draw(Draw d, boolean dilated) {
            int rows = 1 + d.below(3);
            int columns = 1 + d.below(3);
            // libtorch pools with a padding of up to half the window.
            return new Slide(
                    rows,
                    columns,
                    1 + d.below(3),
                    1 + d.below(2),
                    d.below(rows / 2 + 1),
                    d.below(columns / 2 + 1),
                    dilated ? 1 + d.below(2) : 1);
        }

        Window window() {
            return Window.of(rows, columns)
                    .stride(down, right)
                    .padding(padRows, padColumns)
                    .dilation(dilation);
        }

        /** A length along which the window has at least one place. */
        int height(Draw d) {
            return dilation * (rows - 1) + 1 + d.below(5);
        }

        int width(Draw d) {
            return dilation * (columns - 1) + 1 + d.below(6);
        }

        int places(int n, int length, int stride, int padding) {
            return (n + 2 * padding - dilation * (length - 1) - 1) / stride + 1;
        }

        int[] places(int height, int width) {
            return new int[] {places(height, rows, down, padRows), places(width, columns, right, padColumns)};
        }

        long[] kernel() {
            return longs(rows, columns);
        }

        long[] strides() {
            return longs(down, right);
        }

        long[] padding() {
            return longs(padRows, padColumns);
        }

        long[] dilations() {
            return longs(dilation, dilation);
        }

        Tensor unfold(Tensor x) {
            Tensor columnsOfPlaces = torch.im2col(x, kernel(), dilations(), padding(), strides());
            int[] places = places(Math.toIntExact(x.size(2)), Math.toIntExact(x.size(3)));
            return columnsOfPlaces.reshape(x.size(0), x.size(1), rows, columns, places[0], places[1]);
        }

        Tensor fold(Tensor x, int height, int width) {
            Tensor columnsOfPlaces = x.reshape(x.size(0), x.size(1) * rows * columns, x.size(4) * x.size(5));
            return torch.col2im(columnsOfPlaces, longs(height, width), kernel(), dilations(), padding(), strides());
        }
    }

    private void windows() {
        add(new Case("unfold", d -> {
                    Slide slide = Slide.draw(d, true);
                    FloatArray x = d.array(1 + d.below(2), 1 + d.below(3), slide.height(d), slide.width(d));
                    return Trial.one(x, a -> a.unfold(slide.window()), slide::unfold)
                            .measuredBy(Scale.terms());
                }))
                .gradient(Bound.ADDED)
                .second(Bound.ADDED);
        add(new Case("fold", d -> {
                    Slide slide = Slide.draw(d, true);
                    int height = slide.height(d);
                    int width = slide.width(d);
                    int[] places = slide.places(height, width);
                    FloatArray x = d.array(
                            1 + d.below(2), 1 + d.below(3), slide.rows(), slide.columns(), places[0], places[1]);
                    return Trial.one(x, a -> a.fold(height, width, slide.window()), t -> slide.fold(t, height, width))
                            .measuredBy(Scale.terms());
                }))
                .anyZero()
                .value(Bound.ADDED)
                .second(Bound.ADDED);
        add(new Case("conv2d", d -> {
                    Slide slide = Slide.draw(d, true);
                    int groups = 1 + d.below(2);
                    int channels = groups * (1 + d.below(2));
                    int filters = groups * (1 + d.below(3));
                    FloatArray images = d.array(1 + d.below(3), channels, slide.height(d), slide.width(d));
                    FloatArray weights = d.array(filters, channels / groups, slide.rows(), slide.columns());
                    return Trial.two(
                                    images,
                                    weights,
                                    (a, b) -> groups == 1
                                            ? a.conv2d(b, slide.window())
                                            : a.conv2d(b, slide.window(), groups),
                                    (a, b) -> torch.conv2d(
                                            a,
                                            b,
                                            new TensorOptional(),
                                            slide.strides(),
                                            slide.padding(),
                                            slide.dilations(),
                                            groups))
                            .measuredBy(Scale.terms());
                }))
                .anyZero()
                .value(ProductCases.CHAIN)
                .gradient(ProductCases.CHAIN)
                .second(ProductCases.CHAIN)
                .differs(Difference.libtorchLoses(
                        "the padding's zeros times NaN or infinity are NaN, and what no NaN is multiplied with is a"
                                + " number, as in libtorch on double; neither holds for libtorch on float"));
    }

    private void pooling() {
        add(new Case("maxPool2d", d -> {
                    Slide slide = Slide.draw(d, true);
                    FloatArray x = d.array(1 + d.below(2), 1 + d.below(3), slide.height(d), slide.width(d));
                    return Trial.one(
                                    x,
                                    a -> a.maxPool2d(slide.window()),
                                    t -> torch.max_pool2d(
                                            t,
                                            slide.kernel(),
                                            slide.strides(),
                                            slide.padding(),
                                            slide.dilations(),
                                            false))
                            .measuredBy(Scale.of("terms")
                                    .gradient((t, y, g, i) -> Torch.gradients(List.of(y), t, List.of(g.abs()), true)
                                            .getFirst()));
                }))
                .gradient(Bound.ADDED);
        add(new Case("avgPool2d", d -> {
                    Slide slide = Slide.draw(d, false);
                    FloatArray x = d.array(1 + d.below(2), 1 + d.below(3), slide.height(d), slide.width(d));
                    return Trial.one(
                                    x,
                                    a -> a.avgPool2d(slide.window()),
                                    t -> torch.avg_pool2d(
                                            t,
                                            slide.kernel(),
                                            slide.strides(),
                                            slide.padding(),
                                            false,
                                            true,
                                            new LongOptional()))
                            .measuredBy(Scale.terms());
                }))
                .anyZero()
                .value(Bound.ADDED)
                .gradient(Bound.ADDED)
                .second(Bound.ADDED);
    }

    // ---- losses

    private static final Difference INFINITE_TERMS = Difference.of(
            "of an infinite gradient, the upstream one or g, the gradient may be infinite where libtorch adds up"
                    + " infinities of both signs, to NaN",
            e -> e.isGradient() && Double.isInfinite(e.ours()) && e.libtorchIsNaN());

    private void losses() {
        add(new Case("Losses.mse", d -> {
                    int[] dims = d.someDims(0, 3);
                    return Trial.two(d.array(dims), d.array(dims), Losses::mse, torch::mse_loss)
                            .measuredByTerms(
                                    t -> t.get(0).add(t.get(1)).square().mean());
                }))
                .value(Bound.ADDED)
                .gradient(Bound.ADDED)
                .second(Bound.ADDED)
                .differs(Difference.libtorchLoses(
                        "the gradient where a difference is infinite: libtorch multiplies it by a mean factor"
                                + " that vanished"));
        add(new Case("Losses.crossEntropy", d -> {
                    int[] dims = d.someDims(2, 2);
                    int[] labels = new int[dims[0]];
                    Arrays.setAll(labels, i -> d.below(dims[1]));
                    return Trial.one(
                                    d.array(dims),
                                    a -> Losses.crossEntropy(a, labels),
                                    t -> torch.cross_entropy_loss(t, Torch.positions(labels)))
                            .measuredBy(ofCrossEntropy(labels));
                }))
                .anyZero()
                .value(Bound.of(4, "log of the softmax; added up"))
                .gradient(Bound.of(6, "the softmax, less 1 for the label"))
                .second(Bound.of(8, "the derivative of the softmax"))
                .differs(INFINITE_TERMS);
        add(new Case("crossEntropyGradient", d -> {
                    int[] dims = d.someDims(2, 2);
                    int[] labels = new int[dims[0]];
                    Arrays.setAll(labels, i -> d.below(dims[1]));
                    return Trial.two(
                                    d.array(dims),
                                    d.array(),
                                    (a, g) -> a.crossEntropyGradient(g, labels),
                                    (x, g) -> x.softmax(1)
                                            .sub(oneHot(x, labels))
                                            .mul(g)
                                            .div(scalar(labels.length)))
                            .measuredBy(ofCrossEntropyGradient(labels));
                }))
                .anyZero()
                .value(Bound.of(6, "the softmax, less 1 for the label, times g"))
                .gradient(Bound.of(
                        8, "by the logits the derivative of the softmax, by g the sum of as many as there are"))
                .note("second derivatives are those of softmax and products, and not compared again")
                .differs(Difference.INFINITE_UPSTREAM)
                .differs(INFINITE_TERMS);
    }

    private static Scale ofCrossEntropy(int... labels) {
        return Scale.of("terms, and 1; of exponentials times 1 + |x - max|")
                .value((x, y, g, i) -> {
                    Tensor logits = x.getFirst();
                    Tensor size = logits.log_softmax(1).abs().add(AxisCases.distance(logits, 1));
                    return chosen(size, labels).mean();
                })
                .gradient((x, y, g, i) -> {
                    Tensor logits = x.getFirst();
                    return AxisCases.weights(logits, 1)
                            .add(oneHot(logits, labels))
                            .mul(g)
                            .div(scalar(labels.length));
                })
                .second((x, y, g, j, i, v) -> {
                    Tensor w = AxisCases.weights(x.getFirst(), 1);
                    Tensor ofV = v.abs().add(AxisCases.average(v, w, 1));
                    return j == 1
                            ? chosen(ofV, labels)
                                    .mean()
                                    .add(AxisCases.average(v, w, 1).mean())
                            : w.mul(ofV).mul(g).div(scalar(labels.length));
                });
    }

    private static Scale ofCrossEntropyGradient(int... labels) {
        return Scale.of("terms; of exponentials times 1 + |x - max|")
                .value((x, y, g, i) -> slopes(x.getFirst(), labels).mul(x.get(1).abs()))
                .gradient((x, y, g, i) -> i == 1
                        ? slopes(x.getFirst(), labels).mul(g.abs()).sum()
                        : alongSoftmax(x.getFirst(), g).mul(x.get(1).abs()).div(scalar(labels.length)))
                .second((x, y, g, j, i, v) -> {
                    if (j < 2) {
                        return torch.zeros_like(x.get(j));
                    }
                    return i == 1
                            ? slopes(x.getFirst(), labels).mul(v)
                            : alongSoftmax(x.getFirst(), v).mul(x.get(1).abs()).div(scalar(labels.length));
                });
    }

    private static Tensor alongSoftmax(Tensor logits, Tensor v) {
        Tensor w = AxisCases.weights(logits, 1);
        return w.mul(v.abs().add(AxisCases.average(v, w, 1)));
    }

    private static Tensor slopes(Tensor logits, int... labels) {
        return AxisCases.weights(logits, 1).add(oneHot(logits, labels)).div(scalar(labels.length));
    }

    private static Tensor oneHot(Tensor logits, int... labels) {
        return torch.zeros_like(logits)
                .scatter_add(1, column(labels), torch.ones_like(logits).narrow(1, 0, 1));
    }

    private static Tensor column(int... labels) {
        return Torch.positions(labels).reshape(labels.length, 1);
    }

    private static Tensor chosen(Tensor x, int... labels) {
        return x.gather(1, column(labels));
    }
}
