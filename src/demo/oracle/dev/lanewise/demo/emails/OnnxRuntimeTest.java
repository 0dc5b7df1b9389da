package dev.lanewise.demo.emails;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The encoder beside ONNX Runtime on the same file, tokens and mails: what each makes of 500 whole mails. */
class OnnxRuntimeTest {

    private static final int MAILS = 500;
    private static final int TOKENS = 128;
    private static final int BATCH = 20;
    private static final double TOLERANCE = 1e-4;

    @Test
    void sentencesOf500MailsAreThoseOfOnnxRuntime() throws OrtException, IOException {
        List<Email> emails = Stream.concat(
                        Email.sample().stream().filter(Email::spam).limit(MAILS / 2),
                        Email.sample().stream().filter(email -> !email.spam()).limit(MAILS / 2))
                .toList();
        assertEquals(MAILS, emails.size());
        WordPiece tokenizer = WordPiece.miniLm();
        SentenceEncoder encoder = SentenceEncoder.miniLm();
        Mailbox mail = new Mailbox(encoder, tokenizer, emails, TOKENS);
        try (Workers workers = new Workers(Runtime.getRuntime().availableProcessors())) {
            mail.encode(workers, List.of(), note -> {});
        }
        float[][] expected = sentences(emails.stream()
                .map(email -> tokenizer.encode(email.text(), TOKENS))
                .toList());
        double worst = 0;
        for (int i = 0; i < MAILS; i++) {
            float[] found = mail.finished(i).toArray();
            assertEquals(encoder.width(), found.length);
            for (int j = 0; j < found.length; j++) {
                double off = Math.abs((double) found[j] - expected[i][j]);
                int which = i;
                assertTrue(off <= TOLERANCE, () -> emails.get(which).source() + " is off by " + off);
                worst = Math.max(worst, off);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "Sentences of %d mails of up to %d tokens: at most %.2g from those of ONNX Runtime.%n",
                MAILS,
                TOKENS,
                worst);
    }

    /** What ONNX Runtime makes of the tokens, in batches of its own; the mean and the length are worked out in double. */
    private static float[][] sentences(List<int[]> mails) throws OrtException, IOException {
        float[][] sentences = new float[mails.size()][];
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (InputStream file = SentenceEncoder.class.getResourceAsStream("/all-minilm-l6-v2.onnx");
                OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                OrtSession session = environment.createSession(file.readAllBytes(), options)) {
            List<Integer> order =
                    new ArrayList<>(IntStream.range(0, mails.size()).boxed().toList());
            order.sort(Comparator.comparing(i -> mails.get(i).length));
            for (int start = 0; start < order.size(); start += BATCH) {
                List<Integer> batch = order.subList(start, Math.min(order.size(), start + BATCH));
                float[][][] tokens = hidden(
                        environment, session, batch.stream().map(mails::get).toList());
                for (int i = 0; i < batch.size(); i++) {
                    sentences[batch.get(i)] = pooled(tokens[i], mails.get(batch.get(i)).length);
                }
            }
        }
        return sentences;
    }

    private static float[][][] hidden(OrtEnvironment environment, OrtSession session, List<int[]> mails)
            throws OrtException {
        int longest = mails.stream().mapToInt(tokens -> tokens.length).max().orElseThrow();
        long[][] ids = new long[mails.size()][longest];
        long[][] mask = new long[mails.size()][longest];
        for (int i = 0; i < ids.length; i++) {
            for (int j = 0; j < mails.get(i).length; j++) {
                ids[i][j] = mails.get(i)[j];
                mask[i][j] = 1;
            }
        }
        try (OnnxTensor input = OnnxTensor.createTensor(environment, ids);
                OnnxTensor attention = OnnxTensor.createTensor(environment, mask);
                OnnxTensor types = OnnxTensor.createTensor(environment, new long[ids.length][longest]);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", input, "attention_mask", attention, "token_type_ids", types))) {
            return (float[][][]) result.get("output_0").orElseThrow().getValue();
        }
    }

    private static float[] pooled(float[][] tokens, int length) {
        double[] sum = new double[tokens[0].length];
        double square = 0;
        for (int j = 0; j < sum.length; j++) {
            for (int i = 0; i < length; i++) {
                sum[j] += tokens[i][j];
            }
            square += sum[j] * sum[j];
        }
        float[] pooled = new float[sum.length];
        for (int j = 0; j < sum.length; j++) {
            pooled[j] = (float) (sum[j] / Math.sqrt(square));
        }
        return pooled;
    }
}
