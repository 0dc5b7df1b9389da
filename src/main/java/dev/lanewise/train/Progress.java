package dev.lanewise.train;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells people how far training has come, how fast it goes and how long it will take: a line for each epoch and now and then
 * one within, or, on a terminal, one line that is written over.
 */
public final class Progress implements Listener {

    private static final double SECONDS_BETWEEN_LINES = 10;
    private static final double SECONDS_BETWEEN_REDRAWS = 0.1;
    private static final int BAR = 24;

    /** Back to the first column, and away with what stood there (ECMA-48: CR, then EL). */
    private static final String REWRITE = "\r\u001b[K";

    private final PrintStream out;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private Plan plan = new Plan(0, 0, 0);
    private int stepsPerEpoch;
    private long steps;
    private long start;
    private long shown;

    Progress(PrintStream out, boolean terminal, LongSupplier nanoTime) {
        this.out = out;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
    }

    /** Lines on that stream. */
    public static Progress on(PrintStream out) {
        return new Progress(out, false, System::nanoTime);
    }

    /** On the standard output: one line that is written over if that is a terminal, lines otherwise. */
    public static Progress onConsole() {
        return new Progress(System.out, isTerminal(), System::nanoTime);
    }

    /** There may be no console at all, where the JVM is told to use its plain one. */
    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    @Override
    public void started(Plan newPlan) {
        plan = newPlan;
        stepsPerEpoch = newPlan.stepsPerEpoch();
        steps = 0;
        start = nanoTime.getAsLong();
        shown = start;
    }

    @Override
    public void step(Step step) {
        steps++;
        long now = nanoTime.getAsLong();
        if ((now - shown) / 1e9 < (terminal ? SECONDS_BETWEEN_REDRAWS : SECONDS_BETWEEN_LINES)) {
            return;
        }
        shown = now;
        String line = state(step, (now - start) / 1e9);
        if (terminal) {
            out.print(REWRITE + bar(step) + line);
            out.flush();
        } else {
            out.println(line);
        }
    }

    private String state(Step step, double seconds) {
        double rate = steps / seconds;
        String line = String.format(
                Locale.ROOT,
                "epoch %d/%d, step %d%s, loss %.4f, %.3g steps/s",
                step.epoch() + 1,
                plan.epochs(),
                step.inEpoch() + 1,
                stepsPerEpoch > 0 ? "/" + stepsPerEpoch : "",
                step.loss(),
                rate);
        if (stepsPerEpoch == 0) {
            return line;
        }
        long left = (plan.epochs() - step.epoch()) * stepsPerEpoch - step.inEpoch() - 1;
        return line + ", " + clock(left / rate) + " left";
    }

    private String bar(Step step) {
        if (stepsPerEpoch == 0) {
            return "";
        }
        int full = (int) Math.min(BAR, (step.inEpoch() + 1L) * BAR / stepsPerEpoch);
        return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "] ";
    }

    private static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole / 60 % 60, whole % 60);
    }

    @Override
    public void epoch(Epoch epoch) {
        if (stepsPerEpoch == 0) {
            stepsPerEpoch = (int) (steps / (epoch.number() - plan.firstEpoch() + 1)); // what the first one had
        }
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT, "epoch %d/%d: loss %.4f", epoch.number() + 1, plan.epochs(), epoch.trainingLoss()));
        Score score = epoch.validation();
        if (score != null) {
            line.append(String.format(Locale.ROOT, ", validation loss %.4f", score.loss()));
            if (score.confusion() != null) {
                line.append(String.format(Locale.ROOT, ", accuracy %.4f, F1 %.4f", score.accuracy(), score.f1()));
            }
        }
        line.append(String.format(Locale.ROOT, ", %.1f s", epoch.seconds()));
        out.println(terminal ? REWRITE + line : line);
    }
}
