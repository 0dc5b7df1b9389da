package dev.lanewise.bench.engine;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Plan;
import dev.lanewise.array.Workspace;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Losses;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.Relu;
import dev.lanewise.nn.Sequential;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Sgd;
import java.util.ArrayList;
import java.util.List;

/** The classifier with layers, a loss and an optimizer of this library. */
final class LanewiseMlp {

    private LanewiseMlp() {}

    private static Sequential model(Mlp mlp) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 0; i < Mlp.LAYERS; i++) {
            if (i > 0) {
                layers.add(new Relu());
            }
            FloatArray weight = FloatArray.of(mlp.weights().get(i), Mlp.SIZES[i], Mlp.SIZES[i + 1]);
            layers.add(Linear.of(weight, FloatArray.zeros(Mlp.SIZES[i + 1])));
        }
        return Sequential.of(layers.toArray(Layer[]::new));
    }

    /** One step of plain descent, with the first layers frozen; the result is all weights, layer by layer. */
    static Call step(Mlp mlp, int frozen) {
        Sequential model = model(mlp);
        List<Parameter> weights = model.namedParameters().entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("weight"))
                .map(java.util.Map.Entry::getValue)
                .toList();
        for (int i = 0; i < frozen; i++) {
            String path = 2 * i + ".";
            model.freeze(each -> each.startsWith(path));
        }
        Optimizer optimizer = new Sgd(model.namedParameters().values(), Mlp.RATE);
        AdjointArray x = AdjointArray.constant(FloatArray.of(mlp.x(), mlp.batch(), Mlp.SIZES[0]));
        return new Step(model, optimizer, x, mlp.labels(), weights, new Workspace());
    }

    /** The outputs for the batch, by a plan. */
    static Call infer(Mlp mlp) {
        Plan plan = model(mlp).plan(mlp.batch(), Mlp.SIZES[0]);
        return new Inference(plan, mlp.x(), new float[plan.output().size()]);
    }

    private record Inference(Plan plan, float[] x, float[] y) implements Call {

        @Override
        public Object run() {
            plan.run(x, 0, y, 0);
            return y;
        }

        @Override
        public float[] result() {
            run();
            return y.clone();
        }
    }

    private record Step(
            Sequential model,
            Optimizer optimizer,
            AdjointArray x,
            int[] labels,
            List<Parameter> weights,
            Workspace workspace)
            implements Call {

        @Override
        public Object run() {
            return workspace.call(this::step);
        }

        private AdjointArray step() {
            AdjointArray loss = Losses.crossEntropy(model.forward(x), labels);
            loss.backward();
            optimizer.step();
            return loss;
        }

        @Override
        public float[] result() {
            return Numbers.concat(
                    weights.stream().map(weight -> weight.value().toArray()).toArray(float[][]::new));
        }
    }
}
