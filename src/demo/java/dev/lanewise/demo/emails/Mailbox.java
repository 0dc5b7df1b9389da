package dev.lanewise.demo.emails;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.autodiff.Grad;
import dev.lanewise.data.Padded;
import dev.lanewise.train.ConfusionMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Mail as the encoder sees it: its tokens, and for each depth at which training is to begin, what the layers below it made
 * of them, worked out once.
 */
public final class Mailbox {

    /** Batches that only go forward; larger ones leave the caches. */
    private static final int BATCH = 16;

    private final SentenceEncoder encoder;
    private final List<int[]> tokens;
    private final int[] labels;
    private final Map<Integer, FloatArray[]> prefixes = new HashMap<>();
    private FloatArray finished = FloatArray.zeros(0);

    /** The mail, cut off after so many tokens. */
    public Mailbox(SentenceEncoder encoder, WordPiece tokenizer, List<Email> emails, int longest) {
        this.encoder = encoder;
        this.tokens = emails.stream()
                .map(email -> tokenizer.encode(email.text(), longest))
                .toList();
        this.labels = emails.stream().mapToInt(Email::label).toArray();
    }

    /** How many mails there are. */
    public int size() {
        return labels.length;
    }

    /** How many tokens they have together. */
    public long countTokens() {
        return tokens.stream().mapToLong(t -> t.length).sum();
    }

    /** What the chosen mails are. */
    int[] labels(int... chosen) {
        return IntStream.of(chosen).map(i -> labels[i]).toArray();
    }

    /** The numbers of all mails. */
    int[] all() {
        return IntStream.range(0, size()).toArray();
    }

    /** How many tokens a mail has. */
    int length(int mail) {
        return tokens.get(mail).length;
    }

    /**
     * Works out, from the encoder's weights as they are now, what its lowest layers make of every mail, for each of the given
     * depths, and the finished sentences.
     *
     * @param wanted from 1 on
     * @param progress told of each batch
     */
    public void encode(Workers workers, Collection<Integer> wanted, Consumer<String> progress) {
        TreeSet<Integer> depths = new TreeSet<>(wanted);
        depths.add(encoder.depth());
        for (int depth : depths) {
            prefixes.put(depth, new FloatArray[size()]);
        }
        workers.each(batches(), batch -> {
            Padded padded = padded(batch);
            FloatArray mask = padded.mask();
            FloatArray x = encoder.embedded(padded.ids());
            int reached = 0;
            for (int depth : depths) {
                x = encoder.between(x, mask, reached, depth);
                reached = depth;
                store(batch, depth, depth == encoder.depth() ? sentences(x, mask, depth) : x);
            }
            synchronized (progress) {
                progress.accept(batch.length + " mails");
            }
            return batch.length;
        });
        finished = ArrayOps.stack(0, List.of(prefixes.remove(encoder.depth())));
    }

    private void store(int[] batch, int depth, FloatArray values) {
        FloatArray[] stored = prefixes.get(depth);
        for (int i = 0; i < batch.length; i++) {
            stored[batch[i]] = depth == encoder.depth()
                    ? values.slice(Index.at(i))
                    : values.slice(Index.at(i), Index.range(0, length(batch[i])));
        }
    }

    private FloatArray sentences(FloatArray x, FloatArray mask, int from) {
        return encoder.rest(AdjointArray.volatileOf(x), mask, from).value();
    }

    /** How many batches {@link #encode} works on. */
    public int countBatches() {
        return (size() + BATCH - 1) / BATCH;
    }

    /** All mails in batches of about equal length, so that little is padding. */
    private List<int[]> batches() {
        int[] order = IntStream.of(all())
                .boxed()
                .sorted(Comparator.comparing(this::length))
                .mapToInt(Integer::intValue)
                .toArray();
        List<int[]> batches = new ArrayList<>();
        for (int i = 0; i < order.length; i += BATCH) {
            batches.add(Arrays.copyOfRange(order, i, Math.min(order.length, i + BATCH)));
        }
        return batches;
    }

    /** The tokens of the chosen mails, padded with the number of {@code [PAD]}, which is 0. */
    private Padded padded(int... chosen) {
        return Padded.toLongest(IntStream.of(chosen).mapToObj(tokens::get).toList(), 0);
    }

    /** What the layers below a depth made of the chosen mails, each followed by zeros up to the given length. */
    private FloatArray below(int depth, int longest, int... chosen) {
        FloatArray[] stored = prefixes.get(depth);
        float[] values = new float[chosen.length * longest * encoder.width()];
        for (int i = 0; i < chosen.length; i++) {
            stored[chosen[i]].copyTo(values, i * longest * encoder.width());
        }
        return FloatArray.wrap(values, chosen.length, longest, encoder.width());
    }

    /** The finished sentences of the chosen mails, worked out before: {@code count x width}. */
    FloatArray finished(int... chosen) {
        return finished.gather(chosen);
    }

    /** The sentences of the chosen mails, recorded from the given depth on; below it, what was worked out before. */
    AdjointArray sentences(int depth, int... chosen) {
        if (depth == encoder.depth()) {
            return AdjointArray.constant(finished(chosen));
        }
        Padded batch = padded(chosen);
        AdjointArray x =
                depth == 0 ? encoder.embed(batch.ids()) : AdjointArray.constant(below(depth, batch.length(), chosen));
        return encoder.rest(x, batch.mask(), depth);
    }

    /** What the head answers for every mail, from the given depth on; nothing is recorded. */
    int[] answers(Workers workers, SpamHead head, int depth) {
        List<int[]> batches = batches();
        int[] answers = new int[size()];
        List<int[]> parts = workers.each(
                batches,
                batch -> Grad.off(
                        () -> head.forward(sentences(depth, batch)).value().argmax(1)));
        for (int b = 0; b < batches.size(); b++) {
            for (int i = 0; i < batches.get(b).length; i++) {
                answers[batches.get(b)[i]] = parts.get(b)[i];
            }
        }
        return answers;
    }

    /** How the head does on all of it. */
    public ConfusionMatrix scores(Workers workers, SpamHead head, int depth) {
        ConfusionMatrix scores = new ConfusionMatrix(2);
        scores.add(labels, answers(workers, head, depth));
        return scores;
    }
}
