package dev.lanewise.demo.emails;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Graph;
import dev.lanewise.nn.Losses;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.ParameterCount;
import dev.lanewise.optim.Adam;
import dev.lanewise.optim.Optimizer;
import dev.lanewise.optim.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Teaches a head to tell spam, and then, from that head on, the uppermost layers of the encoder with it. Training a head
 * first keeps the pretrained layers from being bent to a head that knows nothing (Kumar and others, <i>Fine-tuning can
 * distort pretrained features</i>, 2022).
 */
public final class FineTuning {

    /** How many mails a step sees. */
    public static final int BATCH = 16;

    private static final int SORTED = 8; // batches whose mails are sorted by length among each other

    /** The head learns from all mail at each step: its inputs are worked out already. */
    private static final int HEAD_STEPS = 200;

    private static final double HEAD_RATE = 2e-2;

    /** How strongly the head's weights may be pulled to 0; which does best is found out without held-out mail. */
    private static final double[] DECAYS = {0.1, 0.06, 0.03};

    private static final int FOLDS = 5;

    private static final double ENCODER_RATE = 5e-5;
    private static final double WARM_UP = 0.1; // the share of steps in which the rate rises; then it falls to 0

    /**
     * A trained setting.
     *
     * @param frozen how many layers were frozen
     * @param head its head
     * @param weights the encoder's weights that were trained, by path
     * @param numbers how many were trained and frozen, the head's included
     * @param closures how many a backward pass runs
     * @param graphBytes what the graph of one and the same batch keeps alive
     * @param millis the median time of a step: forward, backward and update
     * @param last the loss of the last step
     * @param decay how strongly the weights of the head, not its biases, were pulled to 0
     */
    public record Trained(
            int frozen,
            SpamHead head,
            SequencedMap<String, FloatArray> weights,
            ParameterCount numbers,
            int closures,
            long graphBytes,
            double millis,
            float last,
            double decay) {

        /** How many numbers were trained. */
        public long trained() {
            return numbers.trained();
        }
    }

    private final SentenceEncoder encoder;
    private final Map<String, FloatArray> pretrained;
    private final Mailbox mail;
    private final Workers workers;
    private final long seed;

    /** Training on all the mail given, from the encoder's weights as they are now. */
    public FineTuning(SentenceEncoder encoder, Mailbox mail, Workers workers, long seed) {
        this.encoder = encoder;
        this.pretrained = encoder.snapshot();
        this.mail = mail;
        this.workers = workers;
        this.seed = seed;
    }

    /** Trains a head alone, on the finished sentences. */
    public Trained head() {
        encoder.freezeBelow(encoder.depth());
        double decay = decay();
        Trained head = head(decay, mail.all());
        // Only to see what a step takes that sees as much as those of the other settings.
        Trained trial =
                train(head.head.copy(), encoder.depth(), mail.all(), BATCH, 1, HEAD_RATE, decay, (step, note) -> {});
        return new Trained(
                head.frozen,
                head.head,
                head.weights,
                head.numbers,
                head.closures,
                head.graphBytes,
                trial.millis,
                head.last,
                decay);
    }

    private Trained head(double decay, int... chosen) {
        SpamHead head = SpamHead.over(mail.finished(chosen));
        return train(head, encoder.depth(), chosen, chosen.length, HEAD_STEPS, HEAD_RATE, decay, (step, note) -> {});
    }

    /** The decay with which heads do best on the fifths of the training mail that they have not seen. */
    private double decay() {
        int[] shuffled = shuffled(mail.all(), new Random(seed));
        double best = DECAYS[0];
        int most = -1;
        for (double decay : DECAYS) {
            List<Integer> folds = IntStream.range(0, FOLDS).boxed().toList();
            int right = workers.each(folds, fold -> right(decay, shuffled, fold)).stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            if (right > most) {
                most = right;
                best = decay;
            }
        }
        return best;
    }

    /** How many mails of a fold a head gets right that has learned from the others. */
    private int right(double decay, int[] shuffled, int fold) {
        int[] unseen = everyFifth(shuffled, place -> place == fold);
        SpamHead head = head(decay, everyFifth(shuffled, place -> place != fold)).head;
        int[] answers = head.infer(mail.finished(unseen)).argmax(1);
        int[] labels = mail.labels(unseen);
        return (int) IntStream.range(0, labels.length)
                .filter(i -> answers[i] == labels[i])
                .count();
    }

    private static int[] everyFifth(int[] mails, IntPredicate places) {
        return IntStream.range(0, mails.length)
                .filter(i -> places.test(i % FOLDS))
                .map(i -> mails[i])
                .toArray();
    }

    /**
     * Trains the layers that are not frozen, from the pretrained weights, and the head, from the one given. The encoder
     * keeps what it learned until the next training begins.
     */
    public Trained layers(SpamHead head, int frozen, int epochs, BiConsumer<Integer, String> progress) {
        encoder.restore(pretrained);
        encoder.freezeBelow(frozen);
        return train(head.copy(), frozen, mail.all(), BATCH, epochs, ENCODER_RATE, 0, progress);
    }

    /** How many steps a training takes. */
    public int steps(int epochs) {
        return epochs * ((mail.size() + BATCH - 1) / BATCH);
    }

    private Trained train(
            SpamHead head,
            int frozen,
            int[] chosen,
            int size,
            int epochs,
            double rate,
            double decay,
            BiConsumer<Integer, String> progress) {
        List<Parameter> undecayed = new ArrayList<>(List.of(head.bias()));
        encoder.namedParameters().values().stream()
                .filter(parameter -> !parameter.isFrozen())
                .forEach(undecayed::add);
        List<Parameter> parameters = new ArrayList<>(undecayed);
        parameters.add(head.weight());
        Optimizer optimizer = new Adam(parameters, rate).weightDecay(decay);
        optimizer.group(undecayed, 1, 0);

        int steps = epochs * ((chosen.length + size - 1) / size);
        int rising = (int) (WARM_UP * steps);
        Schedule schedule = Schedule.linear(rate, 0, steps - rising).warmUp(rising);
        Random random = new Random(seed);
        double[] nanos = new double[steps];
        float loss = Float.NaN;
        for (int step = 0; step < steps; ) {
            for (int[] batch : batches(chosen, size, random)) {
                optimizer.learningRate(schedule.at(step));
                long start = System.nanoTime();
                loss = workers.together(() -> step(head, frozen, batch, optimizer));
                nanos[step++] = System.nanoTime() - start;
                progress.accept(step, String.format(Locale.ROOT, "loss %.4f", loss));
            }
        }
        Graph.Report graph = Graph.report(loss(head, frozen));
        ParameterCount ofEncoder = encoder.countParameters();
        SequencedMap<String, FloatArray> weights = encoder.snapshot();
        weights.keySet().removeIf(path -> encoder.parameter(path).isFrozen());
        return new Trained(
                frozen,
                head,
                weights,
                new ParameterCount(ofEncoder.trained() + head.countParameters().trained(), ofEncoder.frozen()),
                graph.closures(),
                graph.bytes(),
                median(nanos) / 1e6,
                loss,
                decay);
    }

    private float step(SpamHead head, int frozen, int[] batch, Optimizer optimizer) {
        AdjointArray loss = loss(head, frozen, batch);
        loss.backward();
        optimizer.step();
        return loss.item();
    }

    private AdjointArray loss(SpamHead head, int frozen, int... batch) {
        return Losses.crossEntropy(head.forward(mail.sentences(frozen, batch)), mail.labels(batch));
    }

    /** The loss of the first batch, with what its backward pass needs. */
    public AdjointArray loss(SpamHead head, int frozen) {
        return loss(
                head, frozen, IntStream.range(0, Math.min(BATCH, mail.size())).toArray());
    }

    /** Batches in a random order; a few at a time exchange mails, so that those of one batch are of about equal length. */
    private List<int[]> batches(int[] chosen, int size, Random random) {
        int[] order = shuffled(chosen, random);
        List<int[]> batches = new ArrayList<>();
        for (int i = 0; i < order.length; i += SORTED * size) {
            int[] near = IntStream.range(i, Math.min(order.length, i + SORTED * size))
                    .mapToObj(j -> order[j])
                    .sorted(Comparator.comparing(mail::length))
                    .mapToInt(Integer::intValue)
                    .toArray();
            for (int j = 0; j < near.length; j += size) {
                batches.add(Arrays.copyOfRange(near, j, Math.min(near.length, j + size)));
            }
        }
        Collections.shuffle(batches, random);
        return batches;
    }

    private static int[] shuffled(int[] numbers, Random random) {
        List<Integer> order = new ArrayList<>(IntStream.of(numbers).boxed().toList());
        Collections.shuffle(order, random);
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The median of the later half: by then the JVM has compiled what runs. */
    private static double median(double[] nanos) {
        double[] later = Arrays.copyOfRange(nanos, nanos.length / 2, nanos.length);
        Arrays.sort(later);
        return later[later.length / 2];
    }
}
