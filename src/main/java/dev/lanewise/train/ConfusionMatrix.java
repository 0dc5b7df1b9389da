package dev.lanewise.train;

import java.util.Arrays;
import java.util.Locale;

/** How often each label was taken for which: counts by label and guess, both from 0. Not for several threads at once. */
public final class ConfusionMatrix {

    private final long[][] counts;

    /**
     * Of no examples.
     *
     * @throws IllegalArgumentException unless there is a class
     */
    public ConfusionMatrix(int classes) {
        if (classes < 1) {
            throw new IllegalArgumentException("confusion matrix: " + classes + " classes");
        }
        counts = new long[classes][classes];
    }

    /**
     * Counts examples.
     *
     * @throws IllegalArgumentException if there are not as many guesses as labels, or for one that is no class; nothing is
     *     counted then
     */
    public void add(int[] labels, int[] guesses) {
        if (labels.length != guesses.length) {
            throw new IllegalArgumentException(
                    "confusion matrix: " + labels.length + " labels with " + guesses.length + " guesses");
        }
        requireClasses("label", labels);
        requireClasses("guess", guesses);
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]][guesses[i]]++;
        }
    }

    private void requireClasses(String what, int... numbers) {
        for (int number : numbers) {
            if (number < 0 || number >= counts.length) {
                throw new IllegalArgumentException("confusion matrix: the " + what + " " + number
                        + " is not one of the " + counts.length + " classes");
            }
        }
    }

    /** How many classes there are. */
    public int classes() {
        return counts.length;
    }

    /**
     * How many examples of the label were taken for the guess.
     *
     * @throws IllegalArgumentException if one of them is no class
     */
    public long count(int label, int guess) {
        requireClasses("label", label);
        requireClasses("guess", guess);
        return counts[label][guess];
    }

    /** How many examples there are. */
    public long examples() {
        return Arrays.stream(counts).mapToLong(row -> Arrays.stream(row).sum()).sum();
    }

    /** The share of guesses that are right; NaN of no examples. */
    public double accuracy() {
        long right = 0;
        for (int i = 0; i < counts.length; i++) {
            right += counts[i][i];
        }
        return (double) right / examples();
    }

    /**
     * Of the examples taken for the class, the share that are of it; 0 if there are none.
     *
     * @throws IllegalArgumentException if it is no class
     */
    public double precision(int of) {
        requireClasses("class", of);
        return share(counts[of][of], taken(of));
    }

    /**
     * Of the examples of the class, the share that was taken for it; 0 if there are none.
     *
     * @throws IllegalArgumentException if it is no class
     */
    public double recall(int of) {
        requireClasses("class", of);
        return share(counts[of][of], labelled(of));
    }

    /**
     * The harmonic mean of {@link #precision} and {@link #recall}; 0 if both are.
     *
     * @throws IllegalArgumentException if it is no class
     */
    public double f1(int of) {
        requireClasses("class", of);
        return share(2 * counts[of][of], taken(of) + labelled(of));
    }

    private long taken(int of) {
        return Arrays.stream(counts).mapToLong(row -> row[of]).sum();
    }

    private long labelled(int of) {
        return Arrays.stream(counts[of]).sum();
    }

    private static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }

    /** The F1 of class 1 if there are two classes, since that is what was looked for; else the mean over all classes. */
    public double f1() {
        if (counts.length == 2) {
            return f1(1);
        }
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += f1(i);
        }
        return sum / counts.length;
    }

    /** A table: a row for each label, a column for each guess. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("label \\ guess");
        for (int guess = 0; guess < counts.length; guess++) {
            table.append(String.format(Locale.ROOT, " %8d", guess));
        }
        for (int label = 0; label < counts.length; label++) {
            table.append(String.format(Locale.ROOT, "%n%13d", label));
            for (long count : counts[label]) {
                table.append(String.format(Locale.ROOT, " %8d", count));
            }
        }
        return table.toString();
    }
}
