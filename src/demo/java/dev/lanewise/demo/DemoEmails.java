package dev.lanewise.demo;

import dev.lanewise.Lanewise;
import dev.lanewise.array.FloatArray;
import dev.lanewise.demo.emails.Email;
import dev.lanewise.demo.emails.FineTuning;
import dev.lanewise.demo.emails.FineTuning.Trained;
import dev.lanewise.demo.emails.Mailbox;
import dev.lanewise.demo.emails.Options;
import dev.lanewise.demo.emails.SentenceEncoder;
import dev.lanewise.demo.emails.WordPiece;
import dev.lanewise.demo.emails.Workers;
import dev.lanewise.io.SafeTensors;
import dev.lanewise.train.ConfusionMatrix;
import dev.lanewise.train.FreezeCost;
import dev.lanewise.train.HtmlReport;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Fine-tunes a pretrained sentence encoder of 22.6 million numbers to tell spam, with all, most and none of its layers
 * frozen, and shows what each setting costs and how well it does on mail that was held out. Frozen layers see each mail once.
 */
public final class DemoEmails {

    private record Result(Trained trained, ConfusionMatrix scores) {}

    private final Options options;
    private final HtmlReport page = new HtmlReport("Spam, told by a pretrained encoder that is frozen in part");

    private DemoEmails(Options options) {
        this.options = options;
    }

    /**
     * Runs the settings asked for.
     *
     * @param args see {@link Options#USAGE}
     */
    public static void main(String[] args) {
        int status = run(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Runs, and returns the process's status: 0, 1 if a file could not be read or written, 2 for a wrong command line. */
    static int run(String... args) {
        try {
            Options options = Options.of(args);
            if (options.help()) {
                System.out.println(Options.USAGE);
            } else {
                new DemoEmails(options).run();
            }
            return 0;
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "; --help lists the options");
            return 2;
        } catch (IOException e) {
            System.err.println("cannot read or write " + e.getMessage() + reason(e));
            return 1;
        }
    }

    /** Of the commonest failures the JDK's messages are the path alone. */
    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> ": there is no such file or directory";
            case AccessDeniedException _ -> ": permission denied";
            case FileAlreadyExistsException _ -> ": it exists, and is no directory";
            default -> "";
        };
    }

    private void run() throws IOException {
        System.out.println(Lanewise.describe());
        if (options.out() != null) {
            Files.createDirectories(options.out());
        }
        List<Email> emails = options.data() == null ? Email.sample() : Email.read(options.data());
        List<Email> training = emails.stream()
                .filter(email -> !email.heldOut())
                .limit(options.training())
                .toList();
        List<Email> heldOut = emails.stream().filter(Email::heldOut).toList();
        requireBoth("to train on", training);
        requireBoth("held out", heldOut);

        SentenceEncoder encoder = SentenceEncoder.miniLm();
        WordPiece tokenizer = WordPiece.miniLm();
        Mailbox seen = new Mailbox(encoder, tokenizer, training, options.tokens());
        Mailbox unseen = new Mailbox(encoder, tokenizer, heldOut, options.tokens());
        System.out.printf(
                Locale.ROOT,
                "%,d mails to train on, %,d held out, %,d tokens; %,d pretrained weights; %d threads.%n",
                seen.size(),
                unseen.size(),
                seen.countTokens() + unseen.countTokens(),
                encoder.countParameters().total(),
                options.threads());
        try (Workers workers = new Workers(options.threads())) {
            report(train(encoder, seen, unseen, workers));
        }
    }

    private static void requireBoth(String what, List<Email> emails) {
        long spam = emails.stream().filter(Email::spam).count();
        if (spam == 0 || spam == emails.size()) {
            throw new IllegalArgumentException(
                    "of the " + emails.size() + " mails " + what + ", " + spam + " are spam: both kinds are needed");
        }
    }

    private List<Result> train(SentenceEncoder encoder, Mailbox seen, Mailbox unseen, Workers workers)
            throws IOException {
        List<Integer> depths =
                options.freeze().stream().filter(depth -> depth > 0).toList();
        try (Progress progress = Progress.of("frozen layers", seen.countBatches() + unseen.countBatches())) {
            seen.encode(workers, depths, progress::step);
            unseen.encode(workers, depths, progress::step);
        }
        FineTuning tuning = new FineTuning(encoder, seen, workers, options.seed());
        Trained head = tuning.head(); // with which every other setting begins
        System.out.printf(
                Locale.ROOT,
                "head trained with a decay of %s, which did best on training mail that it had not seen%n",
                head.decay());
        // Of the settings that train layers the one with the smallest graph, if there is any.
        Integer pictured = options.freeze().lower(encoder.depth());
        List<Result> results = new ArrayList<>();
        for (int frozen : options.freeze().descendingSet()) {
            Trained trained = head;
            if (frozen < encoder.depth()) {
                try (Progress progress = Progress.of(name(frozen), tuning.steps(options.epochs()))) {
                    trained = tuning.layers(head.head(), frozen, options.epochs(), (step, note) -> progress.step(note));
                }
            }
            if (options.out() != null && Integer.valueOf(frozen).equals(pictured)) {
                page.recorded(0, tuning.loss(trained.head(), frozen));
            }
            results.add(new Result(trained, unseen.scores(workers, trained.head(), frozen)));
            write(trained);
        }
        return results;
    }

    private static String name(int frozen) {
        return switch (frozen) {
            case 6 -> "head only";
            case 5 -> "head and last layer";
            case 0 -> "everything";
            default -> "head and last " + (6 - frozen) + " layers";
        };
    }

    private void write(Trained trained) throws IOException {
        if (options.out() != null) {
            Map<String, FloatArray> weights = new LinkedHashMap<>();
            trained.weights().forEach((path, value) -> weights.put("encoder." + path, value));
            trained.head().snapshot().forEach((path, value) -> weights.put("head." + path, value));
            SafeTensors.write(options.out().resolve("frozen-" + trained.frozen() + ".safetensors"), weights);
        }
    }

    private static long spam(ConfusionMatrix scores) {
        return scores.count(1, 0) + scores.count(1, 1);
    }

    /** What always answering with the more frequent class would score. */
    private static double majority(ConfusionMatrix scores) {
        long spam = spam(scores);
        return (double) Math.max(spam, scores.examples() - spam) / scores.examples();
    }

    private void report(List<Result> results) throws IOException {
        ConfusionMatrix first = results.getFirst().scores();
        System.out.printf(
                Locale.ROOT,
                "%nOf %,d held-out mails, %d of them spam; always answering with the more frequent kind is right in"
                        + " %.1f%%.%n%n%-24s %9s %7s %11s %15s %15s%n",
                first.examples(),
                spam(first),
                100 * majority(first),
                "trained",
                "accuracy",
                "F1",
                "ms a step",
                "graph, KiB",
                "numbers");
        for (Result result : results) {
            Trained trained = result.trained();
            System.out.printf(
                    Locale.ROOT,
                    "%-24s %8.2f%% %7.4f %11.2f %,15.1f %,15d%n",
                    name(trained.frozen()),
                    100 * result.scores().accuracy(),
                    result.scores().f1(),
                    trained.millis(),
                    trained.graphBytes() / 1024.0,
                    trained.trained());
        }
        System.out.printf(
                Locale.ROOT,
                "%nA step is forward, backward and update on %d mails, the median of its time; the graph is that of one"
                        + " batch, the same for all.%n",
                FineTuning.BATCH);
        if (options.out() != null) {
            Files.write(options.out().resolve("results.csv"), table(results));
            page(results).write(options.out().resolve("report.html"));
            System.out.println("Results, weights and report.html are in " + options.out() + ".");
        }
        ProcessHandle.current().info().startInstant().ifPresent(start -> {
            double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
            System.out.printf(Locale.ROOT, "All of it took %.1f s, start of the JVM included.%n", seconds);
        });
    }

    private HtmlReport page(List<Result> results) {
        page.costs(results.stream()
                .map(Result::trained)
                .map(each -> new FreezeCost(
                        name(each.frozen()), each.numbers(), each.closures(), each.graphBytes(), each.millis()))
                .toList());
        for (Result result : results) {
            String title = String.format(
                    Locale.ROOT,
                    "%s: right in %.2f%%, F1 %.4f (0 is ham, 1 is spam)",
                    name(result.trained().frozen()),
                    100 * result.scores().accuracy(),
                    result.scores().f1());
            page.confusion(title, result.scores());
        }
        return page;
    }

    private static List<String> table(List<Result> results) {
        List<String> lines = new ArrayList<>();
        lines.add("frozen,accuracy,f1,majority,step_ms,graph_bytes,trained");
        for (Result result : results) {
            Trained trained = result.trained();
            ConfusionMatrix scores = result.scores();
            lines.add(String.format(
                    Locale.ROOT,
                    "%d,%.6f,%.6f,%.6f,%.4f,%d,%d",
                    trained.frozen(),
                    scores.accuracy(),
                    scores.f1(),
                    majority(scores),
                    trained.millis(),
                    trained.graphBytes(),
                    trained.trained()));
        }
        return lines;
    }
}
