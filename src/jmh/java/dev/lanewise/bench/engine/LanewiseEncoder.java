package dev.lanewise.bench.engine;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Plan;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Workspace;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.demo.emails.SentenceEncoder;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Losses;
import dev.lanewise.nn.Parameter;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Sgd;
import java.util.ArrayList;
import java.util.List;

/** The sentence encoder of the mail demo. */
final class LanewiseEncoder {

    private LanewiseEncoder() {}

    /** The tokens' vectors, by a plan. */
    static Call infer(Sentences sentences) {
        return new Inference(sentences);
    }

    /** The tokens' vectors once: a plan is worth making for many calls only. */
    static Call inferOnce(Sentences sentences) {
        FloatArray ids = FloatArray.wrap(Numbers.ofInts(sentences.flat()), sentences.batch(), sentences.length());
        return new FirstAnswer(ids);
    }

    /** One step of plain descent, each a run of a workspace. */
    static Call step(EncoderTask task) {
        return new Step(task);
    }

    private static FloatArray mask(Sentences sentences) {
        return FloatArray.ones(sentences.batch(), sentences.length());
    }

    private static final class Inference implements Call {

        private final float[] ids;
        private final Plan plan;
        private final float[] vectors;

        Inference(Sentences sentences) {
            ids = Numbers.ofInts(sentences.flat());
            plan = Plan.of(Shape.of(sentences.batch(), sentences.length()), SentenceEncoder.miniLm()::tokenVectors);
            vectors = new float[plan.output().size()];
        }

        @Override
        public Object run() {
            plan.run(ids, 0, vectors, 0);
            return vectors;
        }

        @Override
        public float[] result() {
            return vectors.clone();
        }
    }

    private static final class FirstAnswer implements Call {

        private final SentenceEncoder encoder = SentenceEncoder.miniLm();
        private final FloatArray ids;
        private FloatArray vectors = FloatArray.zeros(0);

        FirstAnswer(FloatArray ids) {
            this.ids = ids;
        }

        @Override
        public Object run() {
            vectors = encoder.tokenVectors(ids);
            return vectors;
        }

        @Override
        public float[] result() {
            return vectors.toArray();
        }
    }

    private static final class Step implements Call {

        private final SentenceEncoder encoder = SentenceEncoder.miniLm();
        private final Workspace workspace = new Workspace();
        private final FirstLosses losses = new FirstLosses();
        private final EncoderTask task;
        private final FloatArray mask;
        private final Linear head;
        private final Optimizer optimizer;

        Step(EncoderTask task) {
            this.task = task;
            mask = mask(task.sentences());
            head = Linear.of(
                    FloatArray.of(task.head(), MiniLm.WIDTH, EncoderTask.CLASSES),
                    FloatArray.zeros(EncoderTask.CLASSES));
            encoder.freezeBelow(task.frozen());
            List<Parameter> parameters =
                    new ArrayList<>(encoder.namedParameters().values());
            parameters.addAll(head.namedParameters().values());
            optimizer = new Sgd(parameters, task.rate());
        }

        @Override
        public Object run() {
            return losses.add(workspace.call(this::step));
        }

        private float step() {
            AdjointArray vectors = encoder.rest(frozenPart(), mask, task.frozen());
            AdjointArray loss = Losses.crossEntropy(head.forward(vectors), task.labels());
            loss.backward();
            optimizer.step();
            return loss.item();
        }

        private AdjointArray frozenPart() {
            int[][] ids = task.sentences().ids();
            return task.frozen() == 0
                    ? encoder.embed(ids)
                    : AdjointArray.constant(encoder.between(encoder.embedded(ids), mask, 0, task.frozen()));
        }

        @Override
        public float[] result() {
            return losses.first();
        }
    }
}
