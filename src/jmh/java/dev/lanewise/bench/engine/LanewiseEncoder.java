package dev.lanewise.bench.engine;

import dev.lanewise.array.FloatArray;
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

/** The sentence encoder of the mail demo, each call a run of a workspace. */
final class LanewiseEncoder {

    private LanewiseEncoder() {}

    /** The tokens' vectors, copied out of the run. */
    static Call infer(Sentences sentences) {
        return new Inference(sentences);
    }

    /** One step of plain descent. */
    static Call step(EncoderTask task) {
        return new Step(task);
    }

    private static FloatArray mask(Sentences sentences) {
        return FloatArray.ones(sentences.batch(), sentences.length());
    }

    private static final class Inference implements Call {

        private final SentenceEncoder encoder = SentenceEncoder.miniLm();
        private final Workspace workspace = new Workspace();
        private final Sentences sentences;
        private final FloatArray mask;
        private FloatArray tokens;

        Inference(Sentences sentences) {
            this.sentences = sentences;
            mask = mask(sentences);
        }

        @Override
        public Object run() {
            tokens = workspace.call(
                    () -> encoder.prefix(sentences.ids(), mask, encoder.depth()).copy());
            return tokens;
        }

        @Override
        public float[] result() {
            return tokens.toArray();
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
                    : AdjointArray.constant(encoder.prefix(ids, mask, task.frozen()));
        }

        @Override
        public float[] result() {
            return losses.first();
        }
    }
}
